namespace MovieFriends.Kafka;

/// <summary>
/// Calls of a client that block, each on a thread of the pool. Who has asked may stop waiting, but a client that is disposed of while a call is
/// under way takes the process with it: whoever asks a client disposes of this, which waits, before the client goes. Thread-safe.
/// </summary>
/// <param name="scheduler">Where they are made; by default on the pool.</param>
public sealed class BlockingCalls(TaskScheduler? scheduler = null) : IDisposable
{
    private readonly TaskScheduler _scheduler = scheduler ?? TaskScheduler.Default;
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _underWay = [];
    private bool _isDisposed;

    /// <summary>Makes a call.</summary>
    /// <param name="call">Ends by itself, with an answer or a timeout.</param>
    /// <exception cref="ObjectDisposedException">The client is about to go.</exception>
    public Task<T> RunAsync<T>(Func<T> call)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var task = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
            _underWay.Add(task);
            task.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, _scheduler);
            return task;
        }
    }

    /// <summary>Waits until no call is under way.</summary>
    public void Dispose()
    {
        Task[] underWay;
        lock (_lock)
        {
            _isDisposed = true;
            underWay = [.. _underWay];
        }

        // What a call came to is for who has asked.
        Task.WhenAll(underWay).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait();
    }

    private void Ended(Task task)
    {
        lock (_lock)
            _underWay.Remove(task);
    }
}
