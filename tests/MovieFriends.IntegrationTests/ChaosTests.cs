using MovieFriends.Chaos.Reporting;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>A brief run of the fault harness, on servers of its own.</summary>
[Trait(Suite.Trait, Suite.Slow)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task After_some_faults_nothing_is_missing_and_nothing_doubled()
    {
        using var log = new StringWriter();
        var options = new ChaosOptions { Minutes = 0.7, Seed = 4, Rate = 500, Users = 2_000 };
        try
        {
            var report = await new ChaosRun(options, new Journal(TextWriter.Synchronized(log))).RunAsync(TestContext.Current.CancellationToken);

            Assert.Empty(report.UnexpectedEnds);
            Assert.Empty(report.Discrepancies);
            Assert.True(report.Ok);
            Assert.True(report.FaultsTotal >= 3, $"{report.FaultsTotal} faults");
            Assert.True(report.Charges > 0);
            Assert.True(report.DeadLetters > 0);
        }
        finally
        {
            output.WriteLine(log.ToString());
        }
    }
}
