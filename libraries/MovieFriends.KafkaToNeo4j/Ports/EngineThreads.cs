namespace MovieFriends.KafkaToNeo4j.Ports;

/// <summary>The threads of the process.</summary>
internal sealed class EngineThreads(TimeProvider time) : IEngineThreads
{
    /// <summary>With the clock of the machine.</summary>
    public static EngineThreads System { get; } = new(TimeProvider.System);

    public TimeProvider Time => time;

    public TaskScheduler Pool => TaskScheduler.Default;

    public Task LoopAsync(Action begin, Func<bool> step, Action end) => Task.Factory.StartNew(
        () =>
        {
            begin();
            try
            {
                while (step())
                {
                }
            }
            finally
            {
                end();
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    public bool Wait(Task task, TimeSpan timeout) => task.Wait(timeout);

    public Task CancelAsync(CancellationTokenSource source) => source.CancelAsync();
}
