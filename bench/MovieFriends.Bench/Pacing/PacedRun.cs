using System.Diagnostics;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Producer;

namespace MovieFriends.Bench.Pacing;

/// <summary>
/// One candidate at one rate, from a graph without charges and an empty topic. First it runs in; then come the messages that count; and then
/// it goes on at the same rate until all of those are seen in the graph, for no longer than they were sent for: a batch that
/// has begun is not left waiting for messages that never come. Who writes everything is waited for.
/// </summary>
/// <param name="environment">What it works on.</param>
/// <param name="follower">The candidate.</param>
/// <param name="rate">Messages per second.</param>
/// <param name="window">How long those that count are sent for.</param>
internal sealed class PacedRun(BenchEnvironment environment, IFollower follower, double rate, TimeSpan window)
{
    /// <summary>Runs in for this share of the window.</summary>
    private const double RunIn = 0.25;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    /// <summary>The longest window in which there is a user for each message.</summary>
    public static TimeSpan LongestWindow(double rate, long users) => TimeSpan.FromSeconds(users / (rate * (2 + RunIn)));

    /// <exception cref="InvalidOperationException">The candidate failed, or the graph does not hold what it should.</exception>
    /// <exception cref="TimeoutException">The candidate does not begin, or does not end.</exception>
    public async Task<Latencies> RunAsync(CancellationToken cancellationToken)
    {
        await environment.Charges.ClearAsync(cancellationToken);
        var topic = await FreshTopic.CreateAsync(environment.Variables, "paced", environment.Partitions, cancellationToken);
        var runIn = window * RunIn;
        var (first, end) = (Messages(runIn), Messages(runIn + window));
        var sent = new SentCharges(first, end);
        await follower.StartAsync(topic, cancellationToken);
        await using var watch = new CommitWatch(environment.Graph, follower.ReadPositionsAsync);
        await watch.UntilAsync($"'{follower.Name}' reads", s_timeout, positions => positions.Count == topic.Partitions, follower.Ended, cancellationToken);
        await using var sender = new PacedSender(environment.Variables, topic.Name, new ProducerOptions().FirstUserId, sent);
        var sending = runIn + window + window;
        sender.Begin(rate, Messages(sending));
        await WaitAsync(watch, sent, follower.WritesEverything ? sending + s_timeout : sending, cancellationToken);
        var ended = Stopwatch.GetTimestamp();
        var steps = watch.Steps;

        await sender.EndAsync();
        if (follower.WritesEverything)
            await watch.UntilAsync($"'{follower.Name}' has written everything", s_timeout, positions => sent.Lag(positions) == 0, follower.Ended, cancellationToken);
        await follower.StopAsync();
        await using var session = environment.Graph.AsyncSession();
        await environment.Charges.RequireAsync(sent.TotalsBelow(await follower.ReadPositionsAsync(session)), $"a round of '{follower.Name}' at {rate:N0} messages/s");
        return Latencies.Of(sent.Counted, steps, ended);
    }

    private long Messages(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds * rate);

    // What one that does not write everything has not written by then counts with the time that it has waited.
    private async Task WaitAsync(CommitWatch watch, SentCharges sent, TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            await watch.UntilAsync($"'{follower.Name}' has written everything that counts", longest, sent.CountedAreBelow, follower.Ended, cancellationToken);
        }
        catch (TimeoutException) when (!follower.WritesEverything)
        {
        }
    }
}
