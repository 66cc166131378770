using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Broker;

/// <summary>What one process asks the broker beside the polling, and sends to it.</summary>
internal sealed class SimulatedBrokerClient(BrokerServer broker, Context process, Plant plant) : IBrokerClient
{
    private int _partition = -1;
    private long _position;

    public WatermarkOffsets QueryWatermarkOffsets(TopicPartition partition, TimeSpan timeout)
    {
        ThrowIfGone();
        broker.ThrowIfFaulty(process.Name, "watermarks");
        if (partition.Topic == BrokerServer.Topic)
        {
            broker.ThrowIfTopicIsMissing();
            var log = broker.Partitions[partition.Partition.Value];
            var end = plant.EndOf(process.Name, partition.Partition.Value, log.High);
            return new WatermarkOffsets(Math.Min(log.Low + plant.LowIsTooHigh, log.High), Math.Max(end - plant.HighIsTooLow, log.Low));
        }

        return new WatermarkOffsets(0, plant.FindsNoDeadLetters ? 0 : broker.DeadLetters(partition.Partition.Value).Count);
    }

    public int CountPartitions(string topic, TimeSpan timeout)
    {
        ThrowIfGone();
        broker.ThrowIfFaulty(process.Name, "metadata");
        return BrokerServer.DeadLetterPartitions;
    }

    public void Assign(TopicPartitionOffset partition) => (_partition, _position) = (partition.Partition.Value, partition.Offset.Value);

    public ConsumeResult<byte[], byte[]>? Consume(TimeSpan timeout)
    {
        ThrowIfGone();
        broker.ThrowIfFaulty(process.Name, "dead letters");
        var found = broker.DeadLetters(_partition);
        if (!plant.FindsDeadLetters)
            _position = found.Count;
        return _position < found.Count
            ? new ConsumeResult<byte[], byte[]> { Topic = BrokerServer.DeadLetterTopic, Partition = _partition, Offset = _position, Message = Read(found[(int)_position++]) }
            : new ConsumeResult<byte[], byte[]> { Topic = BrokerServer.DeadLetterTopic, Partition = _partition, Offset = _position, IsPartitionEOF = true };
    }

    public void Unassign() => _partition = -1;

    public async Task<string> ReadTopicIdAsync(TopicSettings topic)
    {
        await process.Scheduler.World.Enter();
        await process.Scheduler.PassAsync(0.5, 5);
        broker.ThrowIfFaulty(process.Name, "the topic's id");
        broker.ThrowIfTopicIsMissing();
        return plant.SeesOneTopic ? "topic-1" : broker.TopicId;
    }

    public Task<long> ProduceAsync(TopicPartition partition, Message<byte[], byte[]> message) =>
        plant.ProduceAsync(() => broker.ProduceAsync(process.Name, partition.Partition.Value, message), process.Scheduler.Random);

    private Message<byte[], byte[]> Read(StoredDeadLetter deadLetter)
    {
        var log = broker.Partitions[deadLetter.Partition];
        return plant.KnowsDeadLettersByOffset && deadLetter.Source < log.High
            ? new Message<byte[], byte[]> { Key = log[deadLetter.Source].Key, Value = log[deadLetter.Source].Value, Headers = deadLetter.Message.Headers }
            : deadLetter.Message;
    }

    private void ThrowIfGone()
    {
        if (process.IsDead)
            throw new ProcessGoneException();
    }
}
