using MovieFriends.Cli.Testing;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class TestReportTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_report_is_counted() => Assert.Equal("1 passed, 2 failed, 3 skipped", Read(total: 6, executed: 3, passed: 1, exitCode: 2).Counts.ToString());

    [Fact]
    public void Nothing_skipped_is_not_mentioned() => Assert.Equal("4 passed, 0 failed", Read(total: 4, executed: 4, passed: 4, exitCode: 0).Counts.ToString());

    [Fact]
    public void A_run_that_failed_without_a_failed_test_counts_as_failed()
    {
        var report = Read(total: 4, executed: 4, passed: 4, exitCode: 3);

        Assert.Equal(1, report.Counts.Failed);
        Assert.Equal(["Some.Tests ended with exit code 3."], report.Failures);
    }

    [Fact]
    public void A_failed_test_is_named_with_its_reason_on_one_line()
    {
        var report = Read(total: 2, executed: 2, passed: 1, exitCode: 2, results: """
            <UnitTestResult testName="Good" outcome="Passed" />
            <UnitTestResult testName="Bad(x: 1)" outcome="Failed"><Output><ErrorInfo><Message>Assert.True() Failure
            Expected: True</Message></ErrorInfo></Output></UnitTestResult>
            """);

        Assert.Equal(["Bad(x: 1): Assert.True() Failure Expected: True"], report.Failures);
    }

    [Fact]
    public void A_run_without_a_report_counts_as_failed() => Assert.Equal(1, TestReport.Read("Some.Tests", path + ".none", exitCode: 0).Counts.Failed);

    [Fact]
    public void A_report_that_is_no_report_counts_as_failed()
    {
        File.WriteAllText(path, "<TestRun/>");
        Assert.Equal(["Some.Tests ended with exit code 0 and left no report."], TestReport.Read("Some.Tests", path, exitCode: 0).Failures);
    }

    private TestReport Read(int total, int executed, int passed, int exitCode, string results = "")
    {
        File.WriteAllText(path, $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>{results}</Results>
              <ResultSummary><Counters total="{total}" executed="{executed}" passed="{passed}" failed="0" /></ResultSummary>
            </TestRun>
            """);
        return TestReport.Read("Some.Tests", path, exitCode);
    }
}
