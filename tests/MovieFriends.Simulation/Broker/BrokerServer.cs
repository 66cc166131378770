using System.Globalization;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.Simulation.Checking;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Broker;

/// <summary>A broker as far as the engine can tell: the topic, its dead letters, and the group.</summary>
internal sealed class BrokerServer(Scheduler scheduler, Oracle oracle, Story story)
{
    public const string Topic = "events";
    public const string DeadLetterTopic = "events.dead-letter";
    public const int DeadLetterPartitions = 2;

    // By then whoever has sent it may have lost the ledger.
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(1);

    private readonly List<StoredDeadLetter>[] _deadLetters = [[], []];
    private readonly Dictionary<(string Process, int Target), Task> _underWay = [];
    private long _deliveries;
    private int _topics = 1;
    private int _logs;

    /// <summary>How likely a request meets a fault.</summary>
    public double FaultRate { get; set; }

    public List<PartitionLog> Partitions { get; } = [];

    public Oracle Oracle => oracle;

    public bool IsDown { get; private set; }

    /// <summary>Whether the topic is deleted, and not created again yet.</summary>
    public bool LacksTopic { get; private set; }

    /// <summary>The id of the topic.</summary>
    public string TopicId => $"topic-{_topics}";

    /// <summary>The offsets that the group has committed: a courtesy, by which nothing may go.</summary>
    public Dictionary<int, long> Committed { get; } = [];

    public IReadOnlyList<StoredDeadLetter> DeadLetters(int partition) => _deadLetters[partition];

    public void Restart(TimeSpan downtime)
    {
        if (!story.Fault($"the broker restarts, and is away for {downtime.TotalSeconds:0.0} s", "broker: away", downtime))
            return;
        IsDown = true;
        scheduler.After(downtime, () => IsDown = false);
    }

    /// <summary>Retention deletes the beginning of a partition.</summary>
    public void Delete(int partition, long before)
    {
        var log = Partitions[partition];
        if (before > log.Low && story.Fault($"retention deletes partition {partition} before offset {before}", "broker: retention"))
            log.Low = before;
    }

    /// <summary>The topic is deleted, and created again after a while, with new partitions and another id.</summary>
    public void CreateTopicAgain(TimeSpan after)
    {
        if (!story.Fault($"the topic is deleted, and created again after {after.TotalSeconds:0.0} s", "broker: topic created again", after))
            return;
        _topics++;
        _logs++;
        for (var partition = 0; partition < Partitions.Count; partition++)
        {
            Partitions[partition] = new PartitionLog(_logs);
            oracle.Replaced(partition);
        }

        Committed.Clear();
        LacksTopic = true;
        scheduler.After(after, () => LacksTopic = false);
    }

    /// <summary>A replica that was behind leads a partition now: its last messages are gone, and others come at their offsets.</summary>
    public void Truncate(int partition, long end)
    {
        var log = Partitions[partition];
        if (end >= log.High || !story.Fault($"partition {partition} loses its messages from offset {end} on", "broker: truncation"))
            return;
        Partitions[partition] = log.Cut(end, ++_logs);
        oracle.Replaced(partition);
    }

    /// <summary>Brings a dead letter into its topic: soon, late, or only after a while in which nobody knows.</summary>
    public async Task<long> ProduceAsync(string process, int target, Message<byte[], byte[]> message)
    {
        // One producer's messages come in the order in which they were sent.
        var number = ++_deliveries;
        var sent = scheduler.Now;
        var before = _underWay.GetValueOrDefault((process, target), Task.CompletedTask);
        var stored = new TaskCompletionSource();
        _underWay[(process, target)] = stored.Task;
        await scheduler.World.Enter();
        var (hangs, confirmationIsLate) = (scheduler.Chance(FaultRate), scheduler.Chance(FaultRate));
        hangs = hangs && story.Fault($"{process}: the broker hangs before it stores dead letter {number}", "broker: dead letter late");
        await (hangs ? scheduler.PassAsync(1_000, 20_000) : scheduler.PassAsync(0.5, 20));
        await before;
        while (IsDown)
            await scheduler.PassAsync(10, 200);

        var offset = Store(target, message, wasLate: scheduler.Now - sent >= s_late.Ticks);
        stored.SetResult();
        confirmationIsLate = confirmationIsLate && story.Fault($"{process}: the confirmation of dead letter {number} is lost, and comes again later", "broker: confirmation late");
        await (confirmationIsLate ? scheduler.PassAsync(1_000, 20_000) : scheduler.PassAsync(0.5, 5));
        return offset;
    }

    /// <summary>A call about the topic.</summary>
    /// <exception cref="KafkaException">There is none now.</exception>
    public void ThrowIfTopicIsMissing()
    {
        if (LacksTopic)
            throw new KafkaException(new Error(ErrorCode.UnknownTopicOrPart, "There is no such topic."));
    }

    /// <summary>A call that may fail.</summary>
    /// <exception cref="KafkaException">It does.</exception>
    public void ThrowIfFaulty(string process, string what)
    {
        if (IsDown)
            throw new KafkaException(new Error(ErrorCode.Local_Transport, "The broker is away."));
        if (!scheduler.Chance(FaultRate) || !story.Fault($"{process}: the broker does not answer: {what}", "broker: no answer"))
            return;
        throw new KafkaException(new Error(scheduler.Random.Next(2) == 0 ? ErrorCode.Local_TimedOut : ErrorCode.NotLeaderForPartition, "The broker does not answer."));
    }

    private long Store(int target, Message<byte[], byte[]> message, bool wasLate)
    {
        var source = Number(message, DeadLetterHeaders.SourceOffset);
        var partition = (int)Number(message, DeadLetterHeaders.SourcePartition);
        _deadLetters[target].Add(new StoredDeadLetter(message, partition, source, wasLate));
        oracle.DeadLettered(partition, source, StoredMessage.LogOf(message.Value), wasLate);
        return _deadLetters[target].Count - 1;
    }

    private static long Number(Message<byte[], byte[]> message, string header) =>
        long.Parse(Encoding.UTF8.GetString(message.Headers.GetLastBytes(header)), CultureInfo.InvariantCulture);
}
