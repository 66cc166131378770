using System.Diagnostics;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Pacing;
using MovieFriends.Chaos;
using MovieFriends.Chaos.Servers;
using MovieFriends.Producer;

namespace MovieFriends.Bench.Candidates;

/// <summary>The consumer of this product under a steady load. It is killed, then the database is; whatever is killed is started again at once.</summary>
/// <param name="environment">What it works on.</param>
/// <param name="server">The database.</param>
/// <param name="rate">Messages per second.</param>
internal sealed class RecoveryRun(BenchEnvironment environment, Server server, double rate)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    /// <exception cref="InvalidOperationException">The consumer failed, or the graph does not hold everything exactly once.</exception>
    /// <exception cref="TimeoutException">It does not recover.</exception>
    public async Task<RecoveryTimes> RunAsync(CancellationToken cancellationToken)
    {
        await environment.Charges.ClearAsync(cancellationToken);
        var topic = await FreshTopic.CreateAsync(environment.Variables, "recover", environment.Partitions, cancellationToken);
        var sent = new SentCharges(0, 0);
        await using var consumer = new FollowingConsumer(environment);
        await consumer.StartAsync(topic, cancellationToken);
        await using var watch = new CommitWatch(environment.Graph, consumer.ReadPositionsAsync);
        await using var sender = new PacedSender(environment.Variables, topic.Name, new ProducerOptions().FirstUserId, sent);
        await watch.UntilAsync("the consumer reads", s_timeout, positions => positions.Count == topic.Partitions, consumer.Ended, cancellationToken);
        sender.Begin(rate, environment.Options.GraphUsers);

        await UnderLoadAsync();
        var consumerSeconds = await KillConsumerAsync(consumer, topic, cancellationToken);
        await UnderLoadAsync();
        var (graphSeconds, answerSeconds) = await KillGraphAsync(cancellationToken);
        await UnderLoadAsync();

        await sender.EndAsync();
        await watch.UntilAsync("everything is in the graph", s_timeout, positions => sent.Lag(positions) == 0, consumer.Ended, cancellationToken);
        await consumer.StopAsync();
        await using var session = environment.Graph.AsyncSession();
        var expected = sent.TotalsBelow(await consumer.ReadPositionsAsync(session));
        await environment.Charges.RequireAsync(expected, "the kills");
        return new RecoveryTimes(consumerSeconds, graphSeconds, answerSeconds, expected.Charges);

        // What was committed last is at the most a second behind what was sent, and a second of new messages has come.
        async Task UnderLoadAsync()
        {
            var enough = sent.Lag(new Dictionary<int, long>()) + rate;
            await watch.UntilAsync(
                "the consumer keeps up",
                s_timeout,
                positions => positions.Values.Sum() >= enough && sent.Lag(positions) <= rate,
                consumer.Ended,
                cancellationToken);
        }
    }

    private async Task<double> KillConsumerAsync(FollowingConsumer consumer, FreshTopic topic, CancellationToken cancellationToken)
    {
        var before = (await LedgerMark.ReadAsync(environment.Graph)).Select(mark => mark.Owner).ToHashSet();
        var clock = Stopwatch.StartNew();
        consumer.Process.Kill();
        await consumer.StartAsync(topic, cancellationToken);
        await CommitAsync("the new consumer commits", mark => !before.Contains(mark.Owner), cancellationToken);
        return clock.Elapsed.TotalSeconds;
    }

    private async Task<(double Commit, double Answer)> KillGraphAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        server.Kill();
        await server.ExitedAsync(cancellationToken);
        var ended = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        var answering = AnswerAsync();
        await CommitAsync("something is committed after the restart", mark => mark.CommittedAt > ended, cancellationToken);
        var commit = clock.Elapsed.TotalSeconds;
        return (commit, await answering);

        async Task<double> AnswerAsync()
        {
            await server.RestartAsync(cancellationToken);
            return clock.Elapsed.TotalSeconds;
        }
    }

    private Task CommitAsync(string what, Func<LedgerMark, bool> isNew, CancellationToken cancellationToken) => Wait.UntilAsync(
        what, s_timeout, async () => (await LedgerMark.ReadAsync(environment.Graph)).Any(isNew), cancellationToken);
}
