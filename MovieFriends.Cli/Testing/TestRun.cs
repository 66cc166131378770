using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Testing;

/// <summary>Builds and runs test projects one after the other and adds up what came out.</summary>
internal sealed class TestRun(Checkout checkout, Display display)
{
    // The test platform's code for a run in which no test matched; only the sum over all projects counts.
    private const string NoTests = "8";

    private const int MaxFailure = 500;

    /// <returns>0 if tests ran and none failed.</returns>
    public async Task<int> RunAsync(IReadOnlyList<TestProject> projects, string? filter, CancellationToken cancellationToken)
    {
        var sum = default(TestCounts);
        var failures = new List<string>();
        foreach (var project in projects)
        {
            var report = await RunAsync(project, filter, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            sum += report.Counts;
            failures.AddRange(report.Failures);
        }

        // Once more at the end, where whoever waits for the result looks.
        foreach (var failure in failures)
            display.Line($"FAILED {Shortened(failure)}");

        if (sum.Passed + sum.Failed == 0)
            await Console.Error.WriteLineAsync("No test ran.");
        display.Line(sum.ToString());
        return sum is { Failed: 0, Passed: > 0 } ? 0 : CommandException.Failed;
    }

    private async Task<TestReport> RunAsync(TestProject project, string? filter, CancellationToken cancellationToken)
    {
        try
        {
            await new Build(checkout, display).RunAsync(project.Path, cancellationToken);
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return TestReport.Crashed($"{project.Name} does not build.");
        }

        var results = checkout.At("artifacts", "test-results", project.Name);
        const string report = "results.trx";
        Directory.CreateDirectory(results);
        File.Delete(Path.Combine(results, report));
        string[] selection = filter is null ? [] : ["--filter-method", filter.Contains('*') ? filter : $"*{filter}*"];
        var exitCode = await new ChildProgram(ExecutablePath.DotNet,
            [
                "test", "--project", project.Path, "-c", "Release", "--no-build", "--results-directory", results,
                "--report-xunit-trx", "--report-xunit-trx-filename", report, "--output", "Detailed", "--progress", "off",
                "--ignore-exit-code", NoTests, .. selection,
            ]) { WorkingDirectory = checkout.Root }.RunAsync(cancellationToken);
        return TestReport.Read(project.Name, Path.Combine(results, report), exitCode);
    }

    private static string Shortened(string line) => line.Length <= MaxFailure ? line : $"{line[..MaxFailure]}...";
}
