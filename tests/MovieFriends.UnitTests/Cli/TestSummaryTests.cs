using MovieFriends.Cli;
using MovieFriends.Cli.Testing;
using Spectre.Console;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class TestSummaryTests : IDisposable
{
    private readonly StringWriter _written = new();
    private readonly TestProgress _progress;
    private readonly TestSummary _summary;

    public TestSummaryTests()
    {
        var display = new Display(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(_written) }));
        _progress = new(display);
        _summary = new(display, _progress);
    }

    public void Dispose() => _written.Dispose();

    private string[] Lines => _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void The_last_line_sums_up_all_suites()
    {
        _summary.Add(Tally(Suite.Unit, passed: 3));
        _summary.Add(Tally(Suite.Fast, passed: 2, skipped: 1));

        Assert.Equal(0, _summary.Write(filter: null));
        Assert.Equal("5 passed, 0 failed, 1 skipped", Lines[^1]);
    }

    [Fact]
    public void Each_suite_and_the_build_have_their_time()
    {
        _summary.Built(TimeSpan.FromSeconds(83));
        var tally = Tally(Suite.Fast, passed: 2);
        tally.Ended(TimeSpan.FromSeconds(245));
        _summary.Add(tally);

        _summary.Write(filter: null);

        Assert.Contains("     1:23  build", Lines);
        Assert.Contains("     4:05  Fast          2 passed, 0 failed", Lines);
    }

    [Fact]
    public void The_ten_slowest_tests_are_named_the_slowest_first()
    {
        _summary.Add(Tally(Suite.Unit, passed: 12));

        _summary.Write(filter: null);

        var first = Array.IndexOf(Lines, "Slowest tests:") + 1;
        Assert.Equal("   12.0 s  Unit          SomeTests.Passed12", Lines[first]);
        Assert.Equal("    3.0 s  Unit          SomeTests.Passed3", Lines[first + 9]);
        Assert.Equal("Time:", Lines[first + 10]);
    }

    [Fact]
    public void Skipped_tests_are_counted_by_their_reason()
    {
        _summary.Add(Tally(Suite.Fast, passed: 1, skipped: 2));
        _summary.Add(Tally(Suite.Slow, skipped: 3));

        _summary.Write(filter: null);

        Assert.Contains("        5  No engine.", Lines);
    }

    [Fact]
    public void A_failure_is_repeated_on_one_line_however_long()
    {
        var tally = Tally(Suite.Fast, passed: 1);
        tally.FailProgram(new string('x', 1000), []);
        _summary.Add(tally);

        Assert.Equal(CommandException.Failed, _summary.Write(filter: null));
        Assert.Equal(503, Assert.Single(Lines, line => line.StartsWith("FAILED ", StringComparison.Ordinal)).Length);
        Assert.Equal("1 passed, 1 failed", Lines[^1]);
    }

    [Fact]
    public void A_build_that_fails_is_a_failure()
    {
        _summary.BuildFailed();

        Assert.Equal(CommandException.Failed, _summary.Write(filter: null));
        Assert.Equal("0 passed, 1 failed", Lines[^1]);
    }

    [Fact]
    public void It_is_a_failure_if_no_test_ran_and_the_way_to_more_tests_is_said()
    {
        Assert.Equal(CommandException.Failed, _summary.Write("ledger"));
        Assert.Contains("No test of these suites is named 'ledger'. --all looks in every suite.", Lines);
    }

    private TestTally Tally(Suite suite, int passed = 0, int skipped = 0)
    {
        var tally = new TestTally(suite, _progress);
        for (var i = 1; i <= passed; i++)
        {
            tally.Add(new() { Type = "test-starting", TestId = $"{i}", TestName = $"SomeTests.Passed{i}" });
            tally.Add(new() { Type = "test-passed", TestId = $"{i}", ExecutionTime = i });
        }

        for (var i = 0; i < skipped; i++)
            tally.Add(new() { Type = "test-skipped", TestId = "s", Reason = "No engine." });
        return tally;
    }
}
