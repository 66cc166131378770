namespace MovieFriends.Cli.Testing;

/// <summary>What is said at the end, where whoever waits for the result looks.</summary>
internal sealed class TestSummary(Display display, TestProgress progress)
{
    private const int Slowest = 10;
    private const int MaxFailure = 500;

    private readonly List<TestTally> _suites = [];
    private TimeSpan _build;
    private bool _buildFailed;

    public void Built(TimeSpan duration) => _build = duration;

    public void BuildFailed() => _buildFailed = true;

    public void Add(TestTally suite) => _suites.Add(suite);

    /// <returns>The exit code: 0 if tests ran and none failed.</returns>
    public int Write(string? filter)
    {
        var sum = _suites.Aggregate(new TestCounts(0, _buildFailed ? 1 : 0, 0), (sum, suite) => sum + suite.Counts);
        if (_buildFailed)
            display.Line("FAILED Build: see above.");
        foreach (var (suite, failure) in _suites.SelectMany(suite => suite.Failures.Select(failure => (suite.Suite, failure))))
            display.Line(Shortened($"FAILED {suite}: {failure}"));
        WriteSlowest();
        WriteSkipped();
        WriteSuites();
        if (sum.Passed + sum.Failed == 0)
            display.Line(filter is null ? "No test ran." : $"No test of these suites is named '{filter}'. --all looks in every suite.");
        display.Line(sum.ToString());
        return sum is { Failed: 0, Passed: > 0 } ? 0 : CommandException.Failed;
    }

    private void WriteSlowest()
    {
        var tests = _suites.SelectMany(suite => suite.Times).OrderByDescending(test => test.Duration).Take(Slowest).ToArray();
        if (tests.Length == 0)
            return;
        display.Line("Slowest tests:");
        foreach (var test in tests)
            display.Line($"{TestProgress.Seconds(test.Duration),9}  {test.Suite,-13} {test.Name}");
    }

    private void WriteSkipped()
    {
        var reasons = _suites.SelectMany(suite => suite.Skipped).GroupBy(reason => reason.Key, reason => reason.Value).ToArray();
        if (reasons.Length == 0)
            return;
        display.Line("Skipped tests:");
        foreach (var reason in reasons)
            display.Line($"{reason.Sum(),9}  {reason.Key}");
    }

    private void WriteSuites()
    {
        display.Line("Time:");
        display.Line($"{TestProgress.Clock(_build),9}  build");
        foreach (var suite in _suites)
            display.Line($"{TestProgress.Clock(suite.Duration),9}  {suite.Suite,-13} {suite.Counts}");
        display.Line($"{TestProgress.Clock(progress.Elapsed),9}  in all");
    }

    private static string Shortened(string line) => line.Length <= MaxFailure ? line : $"{line[..MaxFailure]}...";
}
