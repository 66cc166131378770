using System.Diagnostics;
using MovieFriends.Bench;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Measures;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;
using MovieFriends.Chaos.Reporting;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>The benchmark's candidates on few messages: each brings all of them into the graph, and is measured.</summary>
[Trait(Suite.Trait, Suite.Slow)]
public sealed class BenchTests(RunningServers servers, ITestOutputHelper output)
{
    private const int Messages = 3_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Consumer_algorithm_of_2017_and_direct_writers_are_measured_side_by_side()
    {
        var report = await MeasureAsync(new ConsumeMeasure(), new BenchOptions { WarmUp = false, Messages = Messages, Rounds = 1, BatchSize = 500 });

        // A broker before headers makes topics with as many partitions as it likes.
        string[] onePartition = servers.HasHeaders ? ["consumer, 1 partition"] : [];
        Assert.Equal(
            ["consumer", "2017", "server's limit, 1 session", "server's limit, 2 sessions", "server's limit, 4 sessions", "consumer, corrections only", .. onePartition],
            report.Series.Select(series => series.Name));
        Assert.All(report.Series, series => Assert.True(Assert.Single(series.Rounds).Value > 0, series.Name));
        Assert.Equal(Messages, report.Series.Single(series => series.Name == "consumer, corrections only").Counts["updated"]);
        Assert.Equal(3 + onePartition.Length, report.Ratios.Count);
    }

    [Fact]
    public async Task Batches_of_a_size_are_measured_side_by_side_from_several_sessions()
    {
        var report = await MeasureAsync(new BatchesMeasure(), new BenchOptions { WarmUp = false, Messages = Messages, Rounds = 1, BatchSize = 1_000 });

        Assert.Equal(3, report.Series.Count);
        Assert.All(report.Series, series => Assert.True(Assert.Single(series.Rounds).Value > 0, series.Name));

        // No batch goes over a partition's end.
        Assert.All(report.Series, series => Assert.InRange(series.Counts["batches"], Messages / 1_000, (Messages / 1_000) + 4));
        Assert.Equal(report.Series.Count - 1, report.Ratios.Count);
    }

    [Fact]
    public async Task Latency_is_measured_at_each_rate_also_of_an_algorithm_that_waits_for_more_than_comes()
    {
        var report = await MeasureAsync(new LatencyMeasure(), new BenchOptions { WarmUp = false, Messages = Messages, Rounds = 1, Seconds = 1 });

        Assert.Equal(2 * 3 * 3, report.Series.Count);
        Assert.All(report.Series, series => Assert.True(series.Value.Median > 0, series.Name));
        Assert.All(Of(FollowingConsumer.Title), series => Assert.Equal(0, series.Counts["not in the graph"]));
        Assert.All(Of(Following2017.Title), series => Assert.Equal(series.Counts["messages"], series.Counts["not in the graph"]));

        IEnumerable<Series> Of(string candidate) => report.Series.Where(series => series.Name.StartsWith(candidate, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Memory_is_measured_with_a_small_backlog_and_with_a_larger_one()
    {
        var options = new BenchOptions { WarmUp = false, Messages = Messages, Rounds = 1, Factor = 2 };

        var report = await MeasureAsync(new MemoryMeasure(), options);

        Assert.Equal(4, report.Series.Count);
        Assert.All(report.Series, series => Assert.True(series.Value.Median > 10, series.Name));
        Assert.Equal([Messages, 2 * Messages, Messages, 2 * Messages], report.Series.Select(series => series.Counts["messages"]));
        Assert.All(report.Curves, curve => Assert.NotEmpty(curve.Points));
    }

    [Fact]
    public async Task Recovery_is_measured_after_a_kill_of_the_consumer_and_one_of_the_database()
    {
        try
        {
            var report = await MeasureAsync(new RecoverMeasure(), new BenchOptions { WarmUp = false, Messages = Messages, Rounds = 1 });

            Assert.Equal(3, report.Series.Count);
            Assert.All(report.Series, series => Assert.InRange(series.Value.Median, 0.1, 300));
        }
        finally
        {
            await servers.MendAsync(Cancellation);
        }
    }

    [Fact]
    public async Task The_rate_is_measured_on_a_graph_that_grows()
    {
        var report = await MeasureAsync(new GrowthMeasure(), new BenchOptions { WarmUp = false, Messages = Messages, Rounds = 1, Factor = 2 });

        Assert.Equal(["3,000 users", "6,000 users"], report.Series.Select(series => series.Name));
        Assert.Single(report.Ratios);
    }

    [Fact]
    public async Task Producers_are_measured_side_by_side()
    {
        var report = await MeasureAsync(new ProduceMeasure(), new BenchOptions { WarmUp = false, Messages = Messages, Rounds = 1 });

        Assert.Equal(["producer", "kafka-producer-perf-test", "2017"], report.Series.Select(series => series.Name));
        Assert.All(report.Series, series => Assert.True(Assert.Single(series.Rounds).Value > 0, series.Name));
        Assert.Equal(2, report.Ratios.Count);
    }

    [Fact]
    public async Task Seeder_and_direct_writers_are_measured_side_by_side()
    {
        // More than one component, the last one small.
        var report = await MeasureAsync(new SeedMeasure(), new BenchOptions { WarmUp = false, Messages = 10_500, Rounds = 1 });

        Assert.Equal(4, report.Series.Count);
        Assert.All(report.Series, series => Assert.True(Assert.Single(series.Rounds).Value > 0, series.Name));
    }

    [Fact]
    public async Task The_algorithm_of_2017_has_its_index_and_looks_at_no_charge_but_the_users_own()
    {
        const int users = 20_000;
        await using var scenario = await Scenario.StartAsync(servers, users, Cancellation);
        await using var index = await ChargeUserIndex.CreateAsync(scenario.Graph, Algorithm2017.Statement);
        await using var session = scenario.Graph.AsyncSession();

        // A plan that looks at others takes minutes for this, in a graph without charges as in one with some.
        var watch = Stopwatch.StartNew();
        foreach (var half in Enumerable.Range(0, users).Chunk(users / 2))
            await Algorithm2017.WriteAsync(session, index, [.. half.Select(i => new[] { $"{Scenario.FirstUser + i}", "5.84", "1484261697.689981" })]);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        Assert.Equal(users, await scenario.ChargeCountAsync());
        var plan = (await (await session.RunAsync("EXPLAIN MATCH (c:DailyCharge {userId: 1}) RETURN c")).ConsumeAsync()).Plan;
        Assert.Contains("NodeIndexSeek", $"{plan.OperatorType} {string.Join(' ', plan.Children.Select(child => child.OperatorType))}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_after_which_a_user_is_missing_is_not_reported()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        await using var environment = new BenchEnvironment(servers.Environment, new BenchOptions { WarmUp = false, Messages = 10, Rounds = 1 }, new Journal(TextWriter.Null));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new Alternation(environment, new SeedFixture(environment)).RunAsync([new WritesNothing()], Cancellation));

        Assert.Contains("0 users instead of 10, 0 KNOWS relationships instead of 9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_that_has_lost_a_message_is_not_reported()
    {
        await using var environment = new BenchEnvironment(servers.Environment, new BenchOptions { WarmUp = false, Messages = 10, Rounds = 1 }, new Journal(TextWriter.Null));
        using var topic = await ProducedTopic.CreateAsync(environment, Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new Alternation(environment, topic).RunAsync([new WritesNothing()], Cancellation));

        Assert.Contains("0 messages instead of 10", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_after_which_the_graph_lacks_a_charge_is_not_reported()
    {
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        var options = new BenchOptions { WarmUp = false, Messages = 10, Rounds = 1 };
        await using var environment = new BenchEnvironment(servers.Environment, options, new Journal(TextWriter.Null));
        await environment.FillAsync(Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new Alternation(environment, new ChargeFixture(environment)).RunAsync([new WritesNothing()], Cancellation));

        Assert.Contains("0 charges instead of 10", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Measures on an empty graph, which must be without charges again afterwards.</summary>
    private async Task<MeasureReport> MeasureAsync(IMeasure measure, BenchOptions options)
    {
        using var log = new StringWriter();
        try
        {
            await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
            await using var environment = new BenchEnvironment(servers.Environment, options, new Journal(TextWriter.Synchronized(log))) { GraphServer = servers.Graph };
            var report = await measure.RunAsync(environment, Cancellation);
            Assert.Empty(await scenario.ChargesAsync());
            return report;
        }
        finally
        {
            output.WriteLine(log.ToString());
        }
    }

    private sealed class WritesNothing : ICandidate
    {
        public string Name => "forgetful";

        public Task<Sample> RunAsync(CancellationToken cancellationToken) => Task.FromResult(new Sample(1, 1, null, new Dictionary<string, long>()));
    }
}
