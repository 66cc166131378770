using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>How a run of a stream ends.</summary>
internal enum RunOutcome
{
    /// <summary>It was stopped from outside.</summary>
    Stopped,

    /// <summary>It is at its end.</summary>
    Completed,

    /// <summary>It is to run again with new clients, which is what becomes of one that can be mended by nothing else.</summary>
    StartAgain,

    /// <summary>It cannot go on.</summary>
    Failed,
}

/// <summary>How a run of a stream says that it is over. The worst that was said counts. Thread-safe.</summary>
#pragma warning disable CA1001 // Somebody may say it after the end, and nothing of the source is to be freed: it has no timer.
internal sealed class StreamEnd(IEngineThreads threads)
#pragma warning restore CA1001
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Is cancelled when somebody has ended the run.</summary>
    public CancellationToken Token => _ended.Token;

    public RunOutcome Outcome { get; private set; }

    public void Complete() => End(RunOutcome.Completed);

    public void StartAgain() => End(RunOutcome.StartAgain);

    public void Fail() => End(RunOutcome.Failed);

    private void End(RunOutcome outcome)
    {
        lock (_lock)
        {
            if (outcome > Outcome)
                Outcome = outcome;
        }

        // Whoever waits for the end must not go on in here, with a lock of the caller's held.
        _ = threads.CancelAsync(_ended);
    }
}
