namespace MovieFriends.KafkaToNeo4j.Ports;

/// <summary>
/// Permits, given in the order in which they were asked for. A semaphore of the base library continues on the thread pool whatever the caller's context
/// is, which a simulation cannot have. Thread-safe.
/// </summary>
internal sealed class Permits(int count)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private int _free = count;

    /// <summary>Takes one if there is one.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (_free == 0)
                return false;
            _free--;
            return true;
        }
    }

    /// <summary>Waits for one.</summary>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> turn;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await turn.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    /// <summary>Gives one back.</summary>
    public void Return()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var turn))
            {
                // Who has stopped waiting is passed over.
                if (turn.TrySetResult(true))
                    return;
            }

            _free++;
        }
    }
}
