namespace Neo4j.Driver.Results;

/// <summary>Stops between two records.</summary>
internal sealed class CancellableEnumerator(IAsyncEnumerator<IRecord> records, CancellationToken cancellationToken) : IAsyncEnumerator<IRecord>
{
    public IRecord Current => records.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return records.MoveNextAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
