using System.Diagnostics;
using MovieFriends.Chaos;
using Neo4j.Driver;

namespace MovieFriends.Bench.Pacing;

/// <summary>Asks the graph again and again how far it is, as any reader of it would, and notes when it has seen what.</summary>
internal sealed class CommitWatch : IAsyncDisposable
{
    /// <summary>From one question to the next; a commit is seen later by that and an answer's time at the most.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly IDriver _graph;
    private readonly Func<IAsyncSession, Task<IReadOnlyDictionary<int, long>>> _read;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<CommitStep> _steps = [];
    private readonly Dictionary<int, long> _positions = [];
    private readonly Task _watching;

    /// <summary>Begins.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="read">Reads up to which offset of each partition messages are in it.</param>
    public CommitWatch(IDriver graph, Func<IAsyncSession, Task<IReadOnlyDictionary<int, long>>> read)
    {
        (_graph, _read) = (graph, read);
        _watching = Task.Run(() => WatchAsync(_stop.Token));
    }

    /// <summary>What it has seen so far, in the order of time.</summary>
    public IReadOnlyList<CommitStep> Steps
    {
        get
        {
            lock (_lock)
                return [.. _steps];
        }
    }

    /// <summary>Waits until it sees that the graph is so far.</summary>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="limit">How long.</param>
    /// <param name="reached">Looks at the first offset of each partition that is not in the graph.</param>
    /// <param name="ended">Ends the waiting, too: nobody writes any more.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TimeoutException">It was not in time.</exception>
    /// <exception cref="InvalidOperationException">The writer has ended.</exception>
    public Task UntilAsync(
        string what, TimeSpan limit, Func<IReadOnlyDictionary<int, long>, bool> reached, Task ended, CancellationToken cancellationToken) => Wait.UntilAsync(
        what,
        limit,
        async () =>
        {
            lock (_lock)
            {
                if (reached(_positions))
                    return true;
            }

            if (!ended.IsCompleted)
                return false;
            await ended;
            throw new InvalidOperationException($"The writer has ended before it happened: {what}.");
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(Interval);
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellationToken))
                await LookAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Enough.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await using var session = _graph.AsyncSession();
            var positions = await _read(session);
            Note(positions, Stopwatch.GetTimestamp());
        }
        catch (Neo4jException)
        {
            // The database is away: there is nothing to see.
        }
    }

    private void Note(IReadOnlyDictionary<int, long> positions, long now)
    {
        lock (_lock)
        {
            foreach (var (partition, nextOffset) in positions)
            {
                if (_positions.TryGetValue(partition, out var last) && nextOffset <= last)
                    continue;
                _positions[partition] = nextOffset;
                _steps.Add(new CommitStep(partition, nextOffset, now));
            }
        }
    }
}
