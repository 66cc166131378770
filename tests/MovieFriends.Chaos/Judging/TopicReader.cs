using Confluent.Kafka;
using MovieFriends.Chaos.Servers;

namespace MovieFriends.Chaos.Judging;

/// <summary>Reads a topic from its beginning to its end.</summary>
internal static class TopicReader
{
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(10);

    /// <summary>Reads everything that is committed.</summary>
    /// <param name="environment">How to reach the broker.</param>
    /// <param name="topic">Its name; the broker is asked until it has it.</param>
    /// <param name="visit">Sees every message.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The end of each partition: the offset that its next message would have.</returns>
    public static Dictionary<int, long> Read(
        IReadOnlyDictionary<string, string> environment, string topic, Action<ConsumeResult<byte[], byte[]>> visit, CancellationToken cancellationToken)
    {
        var config = KafkaClientSettings.Consumer(environment);
        config.GroupId = "chaos-judge";
        config.EnableAutoCommit = false;
        config.EnablePartitionEof = true;
        config.IsolationLevel = IsolationLevel.ReadCommitted;
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        var ends = new Dictionary<int, long>();
        var partitions = Partitions(environment, topic, cancellationToken);
        consumer.Assign(partitions.Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        while (ends.Count < partitions.Count)
        {
            var result = consumer.Consume(cancellationToken);
            if (result.IsPartitionEOF)
                ends[result.Partition.Value] = result.Offset.Value;
            else
                visit(result);
        }

        consumer.Unassign();
        return ends;
    }

    private static List<int> Partitions(IReadOnlyDictionary<string, string> environment, string topic, CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(KafkaClientSettings.Admin(environment)).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        for (; ; cancellationToken.ThrowIfCancellationRequested())
        {
            // A broker without a request for it makes a topic when it is asked about one.
            var found = admin.GetMetadata(topic, s_answerTime).Topics.Find(t => t.Topic == topic);
            if (found is { Error.IsError: false, Partitions.Count: > 0 } && found.Partitions.TrueForAll(p => p.Leader >= 0))
                return found.Partitions.ConvertAll(p => p.PartitionId);
        }
    }
}
