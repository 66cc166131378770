namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>Tells the host when the last of a process's streams is at its end, or the first has failed. Thread-safe.</summary>
internal sealed class StreamsUnderWay(IStreamHost host)
{
    private int _count;

    public void Add() => Interlocked.Increment(ref _count);

    public void Ended(RunOutcome outcome)
    {
        if (outcome == RunOutcome.Failed)
            host.Failed();
        else if (Interlocked.Decrement(ref _count) == 0 && outcome == RunOutcome.Completed)
            host.Completed();
    }
}
