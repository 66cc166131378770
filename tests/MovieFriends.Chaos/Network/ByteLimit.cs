namespace MovieFriends.Chaos.Network;

/// <summary>So many bytes more may pass in one direction.</summary>
internal sealed class ByteLimit(long bytes, Direction direction)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _left = bytes;

    public Direction Direction => direction;

    public Task Reached => _reached.Task;

    /// <summary>Counts bytes.</summary>
    /// <returns>How many of them may still pass, if they are too many.</returns>
    public int? Take(int count)
    {
        if (count < _left)
        {
            _left -= count;
            return null;
        }

        return (int)_left;
    }

    public void Tell() => _reached.TrySetResult();
}
