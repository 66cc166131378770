namespace MovieFriends.Chaos.Network;

/// <summary>An answer that is to be lost: the one to the first request that matches.</summary>
internal sealed class LostAnswer(Func<ReadOnlyMemory<byte>, bool> request)
{
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProxyConnection? _asked;

    public Task Happened => _happened.Task;

    /// <summary>Looks at bytes on their way; true if they are the answer.</summary>
    public bool Takes(ProxyConnection connection, ReadOnlyMemory<byte> bytes, Direction direction)
    {
        if (direction == Direction.ToClient)
            return _asked == connection;

        // A connection that was lost in between leaves the matter to the next request.
        if ((_asked is null || _asked.IsAborted) && request(bytes))
            _asked = connection;
        return false;
    }

    public void Tell() => _happened.TrySetResult();
}
