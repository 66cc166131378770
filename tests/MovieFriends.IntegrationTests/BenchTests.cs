using MovieFriends.Bench;
using MovieFriends.Bench.Contestants;
using MovieFriends.Bench.Measures;
using MovieFriends.Bench.Rounds;
using MovieFriends.Bench.TestBeds;
using MovieFriends.Chaos.Reporting;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>The benchmark's contestants on few messages: each brings all of them into the graph, and is measured.</summary>
public sealed class BenchTests(RunningServers servers, ITestOutputHelper output)
{
    private const int Messages = 3_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Consumer_algorithm_of_2017_and_direct_writers_are_measured_side_by_side()
    {
        using var log = new StringWriter();
        try
        {
            await using var scenario = await Scenario.StartAsync(servers, Messages, Cancellation);
            var options = new BenchOptions { Messages = Messages, Rounds = 1, BatchSize = 500 };
            await using var bed = await TestBed.FillAsync(servers.Environment, options, new Journal(TextWriter.Synchronized(log)), Cancellation);

            var report = await new ConsumeMeasure().RunAsync(bed, Cancellation);

            Assert.Equal(5, report.Series.Count);
            Assert.All(report.Series, series => Assert.True(Assert.Single(series.Rounds).Value > 0, series.Name));
            Assert.Equal(2, report.Ratios.Count);
            Assert.Empty(await scenario.ChargesAsync());
        }
        finally
        {
            output.WriteLine(log.ToString());
        }
    }

    [Fact]
    public async Task Latency_is_measured_at_each_rate_also_of_an_algorithm_that_waits_for_more_than_comes()
    {
        using var log = new StringWriter();
        try
        {
            await using var scenario = await Scenario.StartAsync(servers, Messages, Cancellation);
            var options = new BenchOptions { Messages = Messages, Rounds = 1, Seconds = 1 };
            await using var bed = await TestBed.FillAsync(servers.Environment, options, new Journal(TextWriter.Synchronized(log)), Cancellation);

            var report = await new LatencyMeasure().RunAsync(bed, Cancellation);

            Assert.Equal(2 * 3 * 3, report.Series.Count);
            Assert.All(report.Series, series => Assert.True(series.Value.Median > 0, series.Name));
            Assert.All(report.Series.Where(series => series.Name.StartsWith("consumer", StringComparison.Ordinal)), series => Assert.Equal(0, series.Counts["not in the graph"]));
            Assert.All(report.Series.Where(series => series.Name.StartsWith("2017", StringComparison.Ordinal)), series => Assert.Equal(series.Counts["messages"], series.Counts["not in the graph"]));
            Assert.Empty(await scenario.ChargesAsync());
        }
        finally
        {
            output.WriteLine(log.ToString());
        }
    }

    [Fact]
    public async Task A_round_after_which_the_graph_lacks_a_charge_is_not_reported()
    {
        await using var scenario = await Scenario.StartAsync(servers, Messages, Cancellation);
        var options = new BenchOptions { Messages = 10, Rounds = 1 };
        await using var bed = await TestBed.FillAsync(servers.Environment, options, new Journal(TextWriter.Null), Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new Alternation(bed).RunAsync([new Forgetful()], Cancellation));

        Assert.Contains("0 charges instead of 10", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Forgetful : IContestant
    {
        public string Name => "forgetful";

        public Task<Sample> RunAsync(CancellationToken cancellationToken) => Task.FromResult(new Sample(1, 1, null, new Dictionary<string, long>()));
    }
}
