using System.Diagnostics;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Rounds;
using MovieFriends.Neo4j;
using MovieFriends.Seeder.Generation;
using MovieFriends.Seeder.Graph;

namespace MovieFriends.Bench.Candidates;

/// <summary>
/// The most that the server takes: the seeder's own statements with batches that were prepared before, from some sessions at once.
/// Nothing is generated, and the seeder's ledger is left out.
/// </summary>
internal sealed class DirectSeeder(BenchEnvironment environment, IReadOnlyList<IReadOnlyList<UserBatch>> components, int sessions) : ICandidate
{
    private int _next;

    public string Name => sessions == 1 ? "server's limit, 1 session" : $"server's limit, {sessions} sessions";

    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        _next = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, sessions).Select(_ => Task.Run(() => WriteAsync(cancellationToken), cancellationToken)));
        var seconds = watch.Elapsed.TotalSeconds;
        var batches = components.SelectMany(component => component).ToList();
        return new Sample(batches.Sum(batch => (long)batch.Count + batch.Inner.Length + batch.Outer.Length) / seconds, seconds, null, new Dictionary<string, long>
        {
            ["batches"] = batches.Count,
        });
    }

    // A component in one session: its batches need the users of those before.
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var session = environment.Graph.AsyncSession();
        for (var next = Interlocked.Increment(ref _next) - 1; next < components.Count; next = Interlocked.Increment(ref _next) - 1)
        {
            foreach (var batch in components[next])
            {
                cancellationToken.ThrowIfCancellationRequested();
                await using var transaction = await session.BeginTransactionAsync();
                await SeedQueries.CreateUsers.ExecuteAsync(transaction, batch.ToCreateUsers(), Neo4jTelemetry.None);
                if (batch.Outer.Length > 0)
                    await SeedQueries.CreateOuterKnows.ExecuteAsync(transaction, batch.ToCreateOuterKnows(), Neo4jTelemetry.None);
                await transaction.CommitAsync();
            }
        }
    }
}
