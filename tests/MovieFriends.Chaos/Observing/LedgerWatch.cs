using MovieFriends.Chaos.Reporting;
using Neo4j.Driver;

namespace MovieFriends.Chaos.Observing;

/// <summary>Looks at the ledger five times a second, past the links, and remembers the longest time in which it stood still.</summary>
internal sealed class LedgerWatch(IDriver graph, Disturbances disturbances, Journal journal, TimeProvider time) : IAsyncDisposable
{
    private const string Sum = "MATCH (o:KafkaOffset) RETURN sum(o.nextOffset) AS sum";
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>The longest of all.</summary>
    public Stall Longest { get; private set; } = Stall.None;

    /// <summary>The longest while both servers were up and both links free.</summary>
    public Stall LongestUnhindered { get; private set; } = Stall.None;

    public void Begin() => _watching = WatchAsync(_stop.Token);

    /// <summary>No more looking.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _watching;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var (last, advancedAt) = (-1L, time.GetTimestamp());
        using var ticks = new PeriodicTimer(s_interval, time);
        try
        {
            do
            {
                var sum = await ReadAsync();
                var now = time.GetTimestamp();
                var at = journal.Elapsed.TotalSeconds;
                Longest = Longer(Longest, time.GetElapsedTime(advancedAt, now), at);
                LongestUnhindered = Longer(LongestUnhindered, time.GetElapsedTime(Math.Max(advancedAt, disturbances.FreeSince), now), at);
                if (sum > last)
                    (last, advancedAt) = (sum, now);
            }
            while (await ticks.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private static Stall Longer(Stall longest, TimeSpan length, double at) =>
        length.TotalSeconds > longest.Seconds ? new Stall(length.TotalSeconds, at) : longest;

    private async Task<long> ReadAsync()
    {
        try
        {
            await using var session = graph.AsyncSession();
            var cursor = await session.RunAsync(Sum);
            return (await cursor.SingleAsync())["sum"].As<long>();
        }
        catch (Neo4jException)
        {
            // The database is away: nothing advances.
            return -1;
        }
    }
}
