namespace MovieFriends.Chaos.Network;

/// <summary>Holds what the server answers on one connection, from the first request that matches until it is disposed of.</summary>
internal sealed class HeldAnswers(Func<ProxyConnection, ReadOnlyMemory<byte>, bool> request) : IDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProxyConnection? _asked;

    /// <summary>Ends when a request has matched.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Looks at bytes on their way.</summary>
    /// <returns>What they have to wait for.</returns>
    public Task Look(ProxyConnection connection, ReadOnlyMemory<byte> bytes, Direction direction)
    {
        if (_released.Task.IsCompleted)
            return Task.CompletedTask;
        if (direction == Direction.ToClient)
            return _asked == connection ? _released.Task : Task.CompletedTask;

        if (request(connection, bytes) && _asked is null)
        {
            _asked = connection;
            _begun.SetResult();
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _released.TrySetResult();
}
