using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.Simulation.Checking;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Broker;

/// <summary>
/// The client that polls, of one process. As the real one does, it begins at a partition's end, tells of the end, is sought to another place, loses what
/// it has fetched of a partition that is paused, and hears of rebalances only while it polls.
/// </summary>
internal sealed class SimulatedConsumer(
    BrokerServer broker, GroupCoordinator group, Context process, SimulatedThreads threads, MessageBuffers buffers, RebalanceEvents events, Story story, Plant plant)
    : IGroupConsumer
{
    private readonly Scheduler _scheduler = process.Scheduler;
    private readonly SortedDictionary<int, Fetch> _fetches = [];
    private Member? _member;
    private bool _joinsNoMore;
    private bool _bringsNothing;

    /// <summary>The member of the group that it is.</summary>
    public Member? Member => _member;

    // With Kafka 4's protocol a client chooses its id itself, and has it for as long as it lives.
    public bool IsMember => _member is not null || group.UsesHeartbeats || plant.IsAlwaysMember;

    public void Subscribe(string topic)
    {
        ThrowIfGone();
        _member = group.Join(process);
    }

    public ConsumeResult<MessageBytes, MessageBytes>? Consume(TimeSpan timeout)
    {
        ThrowIfGone();
        Rebalance();
        ThrowIfGone();
        if (_fetches.Count > 0 && broker.LacksTopic && _scheduler.Random.Next(4) == 0)
            throw new ConsumeException(new ConsumeResult<byte[], byte[]> { Topic = BrokerServer.Topic }, new Error(ErrorCode.UnknownTopicOrPart, "There is no such topic."));
        if (_fetches.Count > 0 && !broker.IsDown && !broker.LacksTopic)
        {
            if (_scheduler.Chance(broker.FaultRate))
                Disturb();

            var first = _scheduler.Random.Next(_fetches.Count);
            for (var i = 0; i < _fetches.Count; i++)
            {
                var (partition, fetch) = _fetches.ElementAt((first + i) % _fetches.Count);
                if (!fetch.IsPaused && Next(partition, fetch) is { } result)
                    return Polled(result);
            }
        }

        // A machine that is busy lets it wait for longer than it asks for.
        threads.StepTook = _scheduler.Between(timeout.TotalMilliseconds / 4, timeout.TotalMilliseconds * 6);
        return null;
    }

    public void IncrementalAssign(TopicPartitionOffset partition) => _fetches[partition.Partition.Value] = NewFetch();

    public void IncrementalUnassign(TopicPartition partition) => _fetches.Remove(partition.Partition.Value);

    public void Seek(TopicPartitionOffset position)
    {
        ThrowIfGone();
        var fetch = Find(position.TopicPartition);
        if (_scheduler.Chance(broker.FaultRate) && story.Fault($"{process.Name}: the client cannot seek in partition {position.Partition.Value} now", "broker: seek refused"))
            throw new KafkaException(new Error(ErrorCode.Local_State, "The partition is not fetched now."));

        // What is sought before the client has found its beginning is forgotten when it has.
        if (fetch.HasBegun)
            (fetch.Position, fetch.IsSought) = (position.Offset.Value, true);
        fetch.HasToldEnd = false;
    }

    public void Pause(TopicPartition partition)
    {
        ThrowIfGone();
        Find(partition).IsPaused = !plant.IgnoresPause;
    }

    public void Resume(TopicPartition partition)
    {
        ThrowIfGone();
        Find(partition).IsPaused = false;
    }

    public void Commit(IEnumerable<TopicPartitionOffset> offsets)
    {
        if (process.IsDead)
            return;
        broker.ThrowIfFaulty(process.Name, "committing offsets");
        broker.ThrowIfTopicIsMissing();
        foreach (var offset in offsets)
        {
            broker.Committed[offset.Partition.Value] = offset.Offset.Value;
            broker.Oracle.CommittedByGroup(offset.Partition.Value, offset.Offset.Value);
        }
    }

    public void Close()
    {
        if (process.IsDead || _member is null)
            return;
        _fetches.Clear();
        group.Leave(_member);
        _member = null;
    }

    /// <summary>Its session ends, and it does not ask for another: the real client has been seen to do so.</summary>
    public void DropOut()
    {
        if (_member is not { } member)
            return;
        _joinsNoMore = true;
        group.Expire(member);
    }

    /// <summary>It will bring nothing of the partition that it is assigned next: the real client has been seen to do so.</summary>
    public void BringNothing() => _bringsNothing = true;

    private void Rebalance()
    {
        if (_member is not { } member || broker.IsDown || _scheduler.Now < member.CutUntil)
            return;

        if (member.IsExpired)
        {
            story.Say($"{process.Name} hears that its session has ended");
            var lost = Positions(member.Owned);
            Forget(member.Owned);
            _member = null;
            events.Lost(lost);
            ThrowIfGone();
            if (!_joinsNoMore)
                _member = group.Join(process);
            return;
        }

        if (GroupCoordinator.ToRevoke(member) is { Count: > 0 } revoked)
        {
            events.Revoked(Positions(revoked));
            ThrowIfGone();
            Forget(revoked);
            member.Owned.ExceptWith(revoked);
        }

        if (!member.IsExpired && group.ToAssign(member) is { Count: > 0 } assigned)
        {
            story.Say($"{process.Name} gets partitions {string.Join(", ", assigned)}");
            foreach (var position in events.Assigned(assigned.ConvertAll(partition => new TopicPartition(BrokerServer.Topic, partition))))
                _fetches[position.Partition.Value] = NewFetch();
            plant.Assigned(process, assigned);
        }
    }

    private ConsumeResult<MessageBytes, MessageBytes> Polled(ConsumeResult<MessageBytes, MessageBytes> result)
    {
        plant.Polled(process, result.Partition.Value, _scheduler.Random);
        if (!result.IsPartitionEOF && plant.CommitsWhatIsPolled(_scheduler.Random))
            Commit([new TopicPartitionOffset(BrokerServer.Topic, result.Partition, result.Offset + 1)]);
        return result;
    }

    private ConsumeResult<MessageBytes, MessageBytes>? Next(int partition, Fetch fetch)
    {
        var log = broker.Partitions[partition];
        if (!fetch.HasBegun)
        {
            // The answer to where the partition ends takes its time.
            if (_scheduler.Now < fetch.BeginsAt || fetch.IsStuck)
                return null;
            fetch.HasBegun = true;
            fetch.Position = log.High;
            fetch.HasToldEnd = false;
        }

        if (fetch.IsOutOfRange)
            return null;
        if (fetch.Position < log.Low || fetch.Position > log.High)
        {
            fetch.IsOutOfRange = true;
            throw new ConsumeException(
                new ConsumeResult<byte[], byte[]> { Topic = BrokerServer.Topic, Partition = partition, Offset = fetch.Position },
                new Error(ErrorCode.Local_AutoOffsetReset, "The broker no longer has the offset."));
        }

        while (fetch.Position < log.High)
        {
            var offset = fetch.Position++;
            fetch.HasToldEnd = false;
            if (log[offset].Kind is not null && !plant.DropsMessage(_scheduler.Random))
                return Result(partition, offset, log[offset]);
        }

        if (fetch.HasToldEnd || (fetch.IsSought && plant.HidesEnd))
            return null;

        fetch.HasToldEnd = true;
        return new ConsumeResult<MessageBytes, MessageBytes>
        {
            Topic = BrokerServer.Topic,
            Partition = partition,
            Offset = fetch.Position + plant.EndIsTooFar(_scheduler.Random),
            IsPartitionEOF = true,
        };
    }

    private ConsumeResult<MessageBytes, MessageBytes> Result(int partition, long offset, StoredMessage message) => new()
    {
        Topic = BrokerServer.Topic,
        Partition = partition,
        Offset = offset,
        Message = new Message<MessageBytes, MessageBytes>
        {
            Key = buffers.Key.Deserialize(message.Key, isNull: false, SerializationContext.Empty),
            Value = buffers.Value.Deserialize(message.Value, isNull: false, SerializationContext.Empty),
        },
    };

    private void Disturb()
    {
        var partition = _fetches.ElementAt(_scheduler.Random.Next(_fetches.Count));
        if (_scheduler.Random.Next(2) == 0)
        {
            if (!story.Fault($"{process.Name}: a fetch fails", "broker: fetch fails"))
                return;
            throw new ConsumeException(
                new ConsumeResult<byte[], byte[]> { Topic = BrokerServer.Topic, Partition = partition.Key }, new Error(ErrorCode.Local_Transport, "The fetch failed."));
        }

        // What was fetched comes again.
        if (partition.Value is not { HasBegun: true, IsOutOfRange: false })
            return;
        var position = Math.Max(partition.Value.Position - 1 - _scheduler.Random.Next(5), broker.Partitions[partition.Key].Low);
        if (story.Fault($"{process.Name}: messages of partition {partition.Key} are fetched a second time", "broker: fetch repeats"))
            partition.Value.Position = position;
    }

    private Fetch NewFetch()
    {
        var isStuck = _bringsNothing;
        _bringsNothing = false;
        return new() { BeginsAt = _scheduler.Now + _scheduler.Between(0, 200).Ticks, IsStuck = isStuck };
    }

    private Fetch Find(TopicPartition partition) => _fetches.TryGetValue(partition.Partition.Value, out var fetch)
        ? fetch
        : throw new KafkaException(new Error(ErrorCode.Local_State, "The partition is not assigned."));

    private static List<TopicPartitionOffset> Positions(IEnumerable<int> partitions) =>
        [.. partitions.Select(partition => new TopicPartitionOffset(BrokerServer.Topic, partition, Offset.Unset))];

    private void Forget(IEnumerable<int> partitions)
    {
        foreach (var partition in partitions.ToArray())
            _fetches.Remove(partition);
    }

    private void ThrowIfGone()
    {
        if (process.IsDead || _scheduler.IsOver)
            throw new ProcessGoneException();
    }

    private sealed class Fetch
    {
        public long BeginsAt { get; init; }

        public long Position { get; set; }

        public bool HasBegun { get; set; }

        public bool HasToldEnd { get; set; }

        public bool IsSought { get; set; }

        public bool IsPaused { get; set; }

        public bool IsOutOfRange { get; set; }

        public bool IsStuck { get; init; }
    }
}
