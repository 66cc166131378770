using Confluent.Kafka;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.IntegrationTests.Infrastructure;
using MovieFriends.Kafka;
using MovieFriends.Replayer.DeadLetters;
using Xunit;

namespace MovieFriends.IntegrationTests;

/// <summary>Messages that go back, and the mark that says so, are there together or not at all.</summary>
public sealed class DeadLetterSenderTests(RunningServers servers)
{
    private static readonly HashSet<int> s_sourcePartitions = [0, 1, 2, 3];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_whose_mark_cannot_be_written_are_not_put_back()
    {
        Assert.SkipUnless(servers.HasHeaders, "The broker has no transactions.");
        await using var scenario = await Scenario.StartAsync(servers, users: 0, Cancellation);
        using var topics = new TopicProbe(servers);
        await topics.CreateAsync(scenario.Topic, partitions: 4);
        await topics.CreateAsync(scenario.DeadLetters, partitions: 4);
        var topic = new TopicSettings(scenario.Topic, scenario.DeadLetters, 4);
        using var producer = topics.TransactionalProducer();
        var sender = new DeadLetterSender(new(producer), topic);

        sender.Open(Cancellation);
        Assert.Throws<FatalException>(() => sender.Send(Batch(topic, deadLetterPartition: 99), Cancellation));
        var afterFailure = topics.Read(scenario.Topic).Count;
        sender.Send(Batch(topic, deadLetterPartition: 0), Cancellation);

        Assert.Equal(0, afterFailure);
        Assert.Equal(["a", "b"], topics.Read(scenario.Topic).Select(m => m.Message.Value));
        Assert.Single(topics.Read(scenario.DeadLetters));
    }

    private static DeadLetterBatch Batch(TopicSettings topic, int deadLetterPartition)
    {
        var batch = new DeadLetterBatch(topic, maxMessages: 10);
        byte[][] values = ["a"u8.ToArray(), "b"u8.ToArray()];
        foreach (var (i, value) in values.Index())
        {
            batch.Add(
                new TopicPartitionOffset(topic.DeadLetters, deadLetterPartition, i),
                new DeadLetter(new DeadLetterSource(topic.Name, 2, i, DeadLetterReasons.Malformed, string.Empty, IsWhole: true), new Original(2, i, 0)),
                new Message<byte[], byte[]> { Key = value, Value = value },
                s_sourcePartitions);
        }

        return batch;
    }
}
