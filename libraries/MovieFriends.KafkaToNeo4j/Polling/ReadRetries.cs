using Confluent.Kafka;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Bookkeeping;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>
/// Partitions whose next message cannot be read while something else is away, such as a schema registry. Each stands still before that message. After a
/// wait one of them tries again; when it can go on, so do the others. Belongs to the poll thread.
/// </summary>
/// <param name="pause">Has the client fetch nothing more of a partition.</param>
/// <param name="resume">Has it fetch again.</param>
/// <param name="seek">Has it go on at an offset.</param>
/// <param name="health">Hears of partitions that wait.</param>
/// <param name="random">Spreads the waits.</param>
/// <param name="time">The clock.</param>
internal sealed class ReadRetries(
    Action<TopicPartition> pause, Action<TopicPartition> resume, Action<TopicPartitionOffset> seek, ReadingHealth health, Random random, TimeProvider time)
{
    // About 5 s at most: what was away is noticed soon when it is back, and is not asked more often than that by one consumer.
    private const int MaxDoublings = 10;

    private readonly List<PartitionState> _unread = [];
    private int _failures;
    private DateTimeOffset _next;

    /// <summary>A message cannot be read now. Its partition pauses, and nothing behind the message is taken.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="reason">What is away.</param>
    /// <param name="took">How long the attempt has held up the poll thread: the next one comes no sooner than that, so that others are polled meanwhile.</param>
    public void Failed(PartitionState partition, string reason, TimeSpan took)
    {
        partition.Reading = PartitionReading.Waits;
        partition.HasDeclined = true;
        if (!partition.IsPaused)
            pause(partition.Partition);
        partition.IsPaused = true;

        // The next attempt is another partition's.
        _unread.Remove(partition);
        _unread.Add(partition);
        _failures++;
        Wait(took);
        health.Failing(partition.Partition.Partition.Value, reason);
    }

    /// <summary>The message was read.</summary>
    public void Succeeded(PartitionState partition)
    {
        partition.Reading = PartitionReading.GoesOn;
        _unread.Remove(partition);
        (_failures, _next) = (0, default);
        health.Working(partition.Partition.Partition.Value);
    }

    /// <summary>The consumer gives up all partitions.</summary>
    public void Clear()
    {
        foreach (var partition in _unread)
            health.Forget(partition.Partition.Partition.Value);
        _unread.Clear();
    }

    /// <summary>Lets partitions try again whose time has come.</summary>
    public void Execute()
    {
        if (_unread.Count == 0)
            return;

        _unread.RemoveAll(IsOver);
        if (time.GetUtcNow() < _next)
            return;
        foreach (var partition in _unread)
        {
            if (partition.Reading != PartitionReading.Waits || !TryAgain(partition) || _failures == 0)
                continue;

            Wait(TimeSpan.Zero);
            return;
        }
    }

    private void Wait(TimeSpan least)
    {
        var wait = Backoff.After(Math.Min(_failures, MaxDoublings), random.NextDouble());
        _next = time.GetUtcNow() + (wait > least ? wait : least);
    }

    // It was taken away, or reads from elsewhere.
    private bool IsOver(PartitionState partition)
    {
        if (!partition.IsStopped && partition.Reading != PartitionReading.GoesOn)
            return false;

        health.Forget(partition.Partition.Partition.Value);
        return true;
    }

    private bool TryAgain(PartitionState partition)
    {
        // Unknown while its worker asks the ledger; then it seeks.
        if (partition.Buffer.Position is not (>= 0 and var position))
            return false;

        try
        {
            // What the client fetches between the two is dropped with the seek, which also wakes it.
            resume(partition.Partition);
            partition.IsPaused = false;
            seek(new TopicPartitionOffset(partition.Partition, position));
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_State or ErrorCode.Local_TimedOut)
        {
            return false;
        }

        partition.HasDeclined = false;
        partition.Reading = PartitionReading.Tries;
        return true;
    }
}
