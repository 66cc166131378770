using System.Diagnostics;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Consumer.Rentals;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Bench.Candidates;

/// <summary>The most that the server takes of rentals: the consumer's own statement with batches that were prepared before, without Kafka and without the ledger.</summary>
/// <param name="environment">What it works on.</param>
/// <param name="batches">What it writes.</param>
/// <param name="sessions">How many transactions are under way at once.</param>
internal sealed class RentalWriter(BenchEnvironment environment, IReadOnlyList<List<object?>> batches, int sessions) : ICandidate
{
    private int _next;
    private long _deadlocks;

    public string Name => $"rentals, server's limit, {sessions} sessions";

    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        (_next, _deadlocks) = (0, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, sessions).Select(_ => Task.Run(() => WriteAsync(cancellationToken), cancellationToken)));
        var seconds = watch.Elapsed.TotalSeconds;
        return new Sample(batches.Sum(batch => (long)batch.Count) / seconds, seconds, null, new Dictionary<string, long> { ["batches"] = batches.Count, ["deadlocks"] = _deadlocks });
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var session = environment.Graph.AsyncSession();
        for (var next = Interlocked.Increment(ref _next) - 1; next < batches.Count; next = Interlocked.Increment(ref _next) - 1)
        {
            while (!await TryWriteAsync(session, batches[next]))
                Interlocked.Increment(ref _deadlocks);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <returns>False if the database has ended the transaction because of a deadlock.</returns>
    private static async Task<bool> TryWriteAsync(IAsyncSession session, List<object?> rows)
    {
        try
        {
            await using var transaction = await session.BeginTransactionAsync();
            await (await transaction.RunAsync(RentalConsumerExtensions.Cypher, new Dictionary<string, object?> { ["rows"] = rows })).ConsumeAsync();
            await transaction.CommitAsync();
            return true;
        }
        catch (Neo4jException exception) when (exception.Code == GraphFailure.DeadlockCode)
        {
            return false;
        }
    }
}
