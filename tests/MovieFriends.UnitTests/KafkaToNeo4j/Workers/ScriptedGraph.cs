using System.Collections.Concurrent;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>A graph that does what a test says; a real one cannot be made to fail at just that moment. Batches are named by their first offset.</summary>
internal sealed class ScriptedGraph(StoryLog log) : IGraphWriter
{
    private readonly ConcurrentDictionary<long, Func<Task>> _commits = new();
    private readonly ConcurrentDictionary<long, Func<CancellationToken, Task>> _writes = new();
    private readonly ConcurrentDictionary<(long From, int Attempt), Action> _refusedClaims = new();
    private readonly ConcurrentDictionary<long, int> _claims = new();

    public bool WritesAhead => true;

    /// <summary>What the first commit of a batch meets.</summary>
    public void OnCommit(long from, Func<Task> commit) => _commits[from] = commit;

    /// <summary>What the statements of a batch meet; they hear when they are abandoned.</summary>
    public void OnWrite(long from, Func<CancellationToken, Task> write) => _writes[from] = write;

    /// <summary>The ledger does not stand where the batch starts.</summary>
    public void OnClaim(long from, int attempt, Action moved) => _refusedClaims[(from, attempt)] = moved;

    public Task<OpenTransaction> ClaimAsync(int partition, MessageBatch batch, CancellationToken cancellationToken)
    {
        log.Add($"claim {batch.FromOffset}");
        var attempt = _claims.AddOrUpdate(batch.FromOffset, 1, (_, before) => before + 1);
        if (!_refusedClaims.TryRemove((batch.FromOffset, attempt), out var moved))
            return Task.FromResult<OpenTransaction>(Open(batch.FromOffset));

        moved();
        throw new LedgerMovedException();
    }

    public async Task<BatchOutcome> WriteAsync(
        OpenTransaction claimed, int partition, MessageBatch batch, bool lookUp, string? rejection, CancellationToken cancellationToken)
    {
        log.Add($"write {batch.FromOffset}");
        if (_writes.TryRemove(batch.FromOffset, out var write))
            await write(cancellationToken);
        return new BatchOutcome(new WriteResult { Created = batch.Count });
    }

    public Task<(OpenTransaction Open, WriteResult Written)> PrepareAsync(MessageBatch batch)
    {
        log.Add($"prepare {batch.FromOffset}");
        return Task.FromResult<(OpenTransaction, WriteResult)>((Open(batch.FromOffset), new WriteResult { Created = batch.Count }));
    }

    public Task<BatchOutcome> WritePreparedAsync(OpenTransaction prepared, WriteResult written, int partition, MessageBatch batch, CancellationToken cancellationToken)
    {
        log.Add($"claim prepared {batch.FromOffset}");
        return Task.FromResult(new BatchOutcome(written));
    }

    private ScriptedTransaction Open(long from) => new(() => CommitAsync(from), () => log.Add($"end {from}"));

    private Task CommitAsync(long from)
    {
        log.Add($"commit {from}");
        return _commits.TryRemove(from, out var commit) ? commit() : Task.CompletedTask;
    }

    private sealed class ScriptedTransaction(Func<Task> commit, Action ended) : OpenTransaction
    {
        public override IAsyncQueryRunner Runner => throw new NotSupportedException();

        public override Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ListAsync(GraphQuery query, IDictionary<string, object?> parameters) =>
            throw new NotSupportedException();

        public override Task ExecuteAsync(GraphQuery query, IDictionary<string, object?> parameters) => throw new NotSupportedException();

        public override Task CommitAsync() => commit();

        public override ValueTask DisposeAsync()
        {
            ended();
            return ValueTask.CompletedTask;
        }
    }
}
