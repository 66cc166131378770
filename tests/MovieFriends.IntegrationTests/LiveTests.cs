using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MovieFriends.Chaos.Processes;
using MovieFriends.Contracts.Reporting;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>What can be seen of a running application without its dashboard.</summary>
public sealed partial class LiveTests(RunningServers servers) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-run-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Services_say_how_far_they_are()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 100, Cancellation);
        await using var consumer = scenario.Start("consumer");
        await scenario.ProduceAsync(
            Scenario.Message(Scenario.FirstUser, 1, Scenario.Noon),
            Scenario.Message(Scenario.FirstUser, 2, Scenario.Noon + 3600),
            Scenario.Message(Scenario.FirstUser, 3, DateTimeOffset.UtcNow.ToUnixTimeSeconds()),
            "no charge");

        using var http = new HttpClient { BaseAddress = await consumer.AddressAsync(Cancellation) };
        var status = await Wait.UntilAsync(
            "the consumer has settled all four",
            s_timeout,
            async () => await http.GetFromJsonAsync("status", ReportJson.Default.ConsumerStatus, Cancellation) is { Messages: 4, Lag: 0 } reached ? reached : null,
            Cancellation);

        Assert.Equal((2, 1), (status.Created, status.DeadLettered));
        Assert.InRange(status.Batches, 1, 4);
        Assert.NotNull(status.LatencyP50);
        Assert.True(status.LatencyP99 >= status.LatencyP50);

        // Whoever asks every second leaves no trace in the log.
        Assert.DoesNotContain(consumer.Log, line => line.Contains("/status", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_consumer_whose_database_is_away_says_why_it_is_not_healthy_until_it_is_back()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 100, Cancellation);
        await using var consumer = scenario.Start("consumer");
        await scenario.ProduceAsync(Scenario.Message(Scenario.FirstUser, 1, Scenario.Noon));
        await scenario.ChargesReachAsync(1);
        using var http = new HttpClient { BaseAddress = await consumer.AddressAsync(Cancellation) };
        await http.AnswersAsync("health", HttpStatusCode.OK, "Healthy", Cancellation);

        servers.GraphLink.Cut();
        try
        {
            await scenario.ProduceAsync(Scenario.Message(Scenario.FirstUser + 1, 1, Scenario.Noon));
            await http.AnswersAsync("health", HttpStatusCode.ServiceUnavailable, "The graph cannot be written since ", Cancellation);
        }
        finally
        {
            servers.GraphLink.Restore();
        }

        await http.AnswersAsync("health", HttpStatusCode.OK, "Healthy", Cancellation);
        await scenario.ChargesReachAsync(2);
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task Where_output_is_no_terminal_figures_come_as_lines()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 100, Cancellation);
        await using var appHost = ServiceProcess.Start("appHost", Settings(scenario), arguments: "--no-dashboard");

        await appHost.LineAsync("latency p50", Cancellation);
        await Wait.UntilAsync(
            "charges are said to be consumed, and how fast",
            s_timeout,
            () => Task.FromResult(appHost.Log.FirstOrDefault(line => FigureLine().Match(line) is { Success: true } figures && figures.Groups[1].Value != "0" && figures.Groups[2].Value != "0")),
            Cancellation);

        appHost.Terminate();
        Assert.Equal(0, await appHost.ExitCodeAsync(Cancellation));
    }

    [Fact]
    [Trait(Suite.Trait, Suite.Slow)]
    public async Task On_a_terminal_Ctrl_C_ends_it_when_all_that_it_started_has_ended()
    {
        Assert.SkipUnless(TerminalProcess.IsPossible, "There is no 'script' here to make a terminal.");
        await using var scenario = await Scenario.StartAsync(servers, users: 100, Cancellation);
        await using var appHost = TerminalProcess.Start("MovieFriends.AppHost", ["--no-dashboard"], Settings(scenario));

        await appHost.LineAsync(FigureLine().ToString(), s_timeout, Cancellation);
        using var connections = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "connections.json"), Cancellation));
        var orchestrators = ChildProcesses.OrchestratorsOf(connections.RootElement.GetProperty("appHostPid").GetInt32());
        Assert.NotEmpty(orchestrators);

        await appHost.PressAsync(TerminalProcess.ControlC);
        Assert.Equal(0, await appHost.ExitCodeAsync(s_timeout, Cancellation));
        Assert.Contains(appHost.Lines, line => line.Contains("Stopping ...", StringComparison.Ordinal));
        Assert.All(orchestrators, process => Assert.False(ChildProcesses.IsAlive(process), $"process {process} of the orchestrator is still there"));
    }

    private Dictionary<string, string> Settings(Scenario scenario) => new(scenario.Settings)
    {
        ["Servers"] = "External",
        ["Producer__Users"] = "100",
        ["Producer__Rate"] = "50",
        ["Live__IntervalSeconds"] = "0.5",
        ["ConnectionsFile"] = Path.Combine(_folder, "connections.json"),
    };

    [GeneratedRegex(@"consumed ([0-9,]+), lag [0-9,]+, ([0-9,]+)/s, latency p50 [0-9.,]+ m?s, p99 [0-9.,]+ m?s, batch size [0-9.,]+, retries [0-9]+, dead letters [0-9]+")]
    private static partial Regex FigureLine();
}
