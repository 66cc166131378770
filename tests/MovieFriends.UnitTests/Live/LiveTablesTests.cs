using Aspire.Hosting.ApplicationModel;
using MovieFriends.AppHost.Live;
using Spectre.Console;
using Xunit;

namespace MovieFriends.UnitTests.Live;

public sealed class LiveTablesTests
{
    private static readonly Figures s_figures = new(1_234_567, 1_234_000, 567, 12_345.6, 0.012, 1.5, 3.25, 4, 5);

    [Fact]
    public void There_is_a_line_for_each_resource_and_one_of_figures()
    {
        ResourceLine[] resources =
        [
            ResourceLine.Create("kafka", Snapshot(KnownResourceStates.Running) with { Urls = [new("tcp", "tcp://localhost:9092", false)] }, problem: null),
            ResourceLine.Create("seeder", Snapshot(KnownResourceStates.Finished) with { ExitCode = 0 }, problem: null),
            ResourceLine.Create("consumer", Snapshot(KnownResourceStates.Running), problem: "The graph cannot be written [yet]"),
        ];

        var lines = Render(resources, s_figures, width: 160);

        Assert.Matches(@"kafka +Running +Healthy +tcp://localhost:9092", LineOf(lines, "kafka"));
        Assert.Matches(@"seeder +Finished \(0\)", LineOf(lines, "seeder"));
        Assert.Matches(@"consumer +Running +The graph cannot be written \[yet\]", LineOf(lines, "consumer"));
        Assert.Matches(@"produced +consumed +lag +charges/s +latency p50 +p99 +batch size +retries +dead letters", LineOf(lines, "produced"));
        Assert.Matches(@"1,234,567 +1,234,000 +567 +12,346 +12 ms +1\.5 s +3\.[23] +4 +5", LineOf(lines, "1,234,567"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(104)]
    public void No_figure_is_cut_on_a_terminal_of_any_usual_width(int width)
    {
        var lines = Render([], s_figures, width);

        foreach (var value in new[] { "1,234,567", "1,234,000", "12,346", "12 ms", "1.5 s", "latency p50", "batch size", "dead letters" })
            Assert.Single(lines, line => line.Contains(value, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, line));
    }

    [Fact]
    public void What_is_wrong_is_told_from_what_waits_and_what_is_over()
    {
        Assert.Equal(Tone.Good, ToneOf(KnownResourceStates.Running));
        Assert.Equal(Tone.Bad, ToneOf(KnownResourceStates.Running, problem: "Kafka does not answer"));
        Assert.Equal(Tone.Waiting, ToneOf(KnownResourceStates.Waiting));
        Assert.Equal(Tone.Quiet, ToneOf(KnownResourceStates.NotStarted));
        Assert.Equal(Tone.Quiet, ToneOf(KnownResourceStates.Finished, exitCode: 0));
        Assert.Equal(Tone.Bad, ToneOf(KnownResourceStates.Finished, exitCode: 137));
        Assert.Equal(Tone.Bad, ToneOf(KnownResourceStates.FailedToStart));
    }

    private static Tone ToneOf(string state, int? exitCode = null, string? problem = null) =>
        ResourceLine.Create("any", Snapshot(state) with { ExitCode = exitCode }, problem).Tone;

    private static CustomResourceSnapshot Snapshot(string state) => new() { ResourceType = "Project", Properties = [], State = state };

    private static string LineOf(string[] lines, string start) => Assert.Single(lines, line => line.TrimStart().StartsWith(start, StringComparison.Ordinal));

    private static string[] Render(ResourceLine[] resources, Figures figures, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(LiveTables.Create(resources, figures, width));
        return text.ToString().Split('\n');
    }
}
