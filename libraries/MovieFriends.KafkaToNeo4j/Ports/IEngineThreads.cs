namespace MovieFriends.KafkaToNeo4j.Ports;

/// <summary>
/// Where a stream's work runs, and what time it is there. Everything that would choose a thread by itself asks here instead, so that the same code
/// runs in a simulation in which one seed decides what happens next.
/// </summary>
internal interface IEngineThreads
{
    /// <summary>The clock.</summary>
    TimeProvider Time { get; }

    /// <summary>Where workers and calls that block run.</summary>
    TaskScheduler Pool { get; }

    /// <summary>Repeats a step on a thread of its own.</summary>
    /// <param name="begin">Comes first; if it fails, nothing else is done.</param>
    /// <param name="step">Says whether there is another one.</param>
    /// <param name="end">Comes last, however the steps ended.</param>
    Task LoopAsync(Action begin, Func<bool> step, Action end);

    /// <summary>Blocks the calling thread until a task is over.</summary>
    /// <param name="task">The task.</param>
    /// <param name="timeout">For how long at most; infinite is possible.</param>
    /// <returns>Whether it is over.</returns>
    /// <exception cref="AggregateException">The task failed.</exception>
    bool Wait(Task task, TimeSpan timeout);

    /// <summary>Cancels, without running what follows on the calling thread.</summary>
    Task CancelAsync(CancellationTokenSource source);
}
