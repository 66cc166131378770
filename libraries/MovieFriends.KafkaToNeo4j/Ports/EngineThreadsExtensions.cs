namespace MovieFriends.KafkaToNeo4j.Ports;

/// <summary>What is the same on all threads.</summary>
internal static class EngineThreadsExtensions
{
    /// <summary>Runs work that awaits.</summary>
    public static Task RunAsync(this IEngineThreads threads, Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, threads.Pool).Unwrap();

    /// <summary>Makes a call that blocks.</summary>
    public static Task<T> CallAsync<T>(this IEngineThreads threads, Func<T> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.DenyChildAttach, threads.Pool);

    /// <summary>
    /// Waits until somebody sets the result, or for a time. Unlike the waits of the base library it asks the given clock, and what follows runs where it
    /// was awaited.
    /// </summary>
    /// <param name="signal">One that runs its continuations asynchronously; it is over after this.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False after that time, else the result.</returns>
    public static async Task<bool> WaitAsync(
        this TaskCompletionSource<bool> signal, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken = default)
    {
        using var timer = timeout == Timeout.InfiniteTimeSpan
            ? null
            : time.CreateTimer(static over => ((TaskCompletionSource<bool>)over!).TrySetResult(false), signal, timeout, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.UnsafeRegister(
            static (over, token) => ((TaskCompletionSource<bool>)over!).TrySetCanceled(token), signal);
        return await signal.Task;
    }
}
