using MovieFriends.Cli.Testing;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

public sealed class TestCountsTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_report_is_counted() => Assert.Equal("1 passed, 2 failed, 3 skipped", Read(total: 6, executed: 3, passed: 1, exitCode: 2).ToString());

    [Fact]
    public void Nothing_skipped_is_not_mentioned() => Assert.Equal("4 passed, 0 failed", Read(total: 4, executed: 4, passed: 4, exitCode: 0).ToString());

    [Fact]
    public void A_run_that_failed_without_a_failed_test_counts_as_failed() => Assert.Equal(1, Read(total: 4, executed: 4, passed: 4, exitCode: 3).Failed);

    [Fact]
    public void A_run_without_a_report_counts_as_failed() => Assert.Equal(TestCounts.Crashed, TestCounts.Read(path + ".none", exitCode: 0));

    [Fact]
    public void A_report_that_is_no_report_counts_as_failed()
    {
        File.WriteAllText(path, "<TestRun/>");
        Assert.Equal(TestCounts.Crashed, TestCounts.Read(path, exitCode: 0));
    }

    private TestCounts Read(int total, int executed, int passed, int exitCode)
    {
        File.WriteAllText(path, $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <ResultSummary><Counters total="{total}" executed="{executed}" passed="{passed}" failed="0" /></ResultSummary>
            </TestRun>
            """);
        return TestCounts.Read(path, exitCode);
    }
}
