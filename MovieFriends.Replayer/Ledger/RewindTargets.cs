using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.Ledger;

/// <summary>Finds out from the broker which offsets are meant.</summary>
internal sealed class RewindTargets(IConsumer<byte[], byte[]> consumer, IOptions<ReplayerOptions> options, TopicSettings topic)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Decides for each partition that was asked for.</summary>
    /// <param name="all">The topic's partitions.</param>
    /// <param name="ledger">Where they stand, read before: ends that are asked for now only lie before that if messages are gone.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>The topic's id, empty where the broker has none, and the partitions in order.</returns>
    /// <exception cref="FatalException">There is no such partition or offset, or Kafka does not say.</exception>
    public async Task<(string TopicId, List<RewindTarget> Targets)> FindAsync(IReadOnlyList<TopicPartition> all, IReadOnlyDictionary<int, long> ledger, CancellationToken cancellationToken)
    {
        var partitions = all.Where(p => p.Partition.Value == (options.Value.Partition ?? p.Partition.Value)).OrderBy(p => p.Partition.Value).ToList();
        if (partitions.Count == 0)
            throw new FatalException($"Topic {topic.Name} has no partition {options.Value.Partition}; it has 0 to {all.Count - 1}.");

        try
        {
            using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            using var ids = new TopicIds(consumer.Handle);
            var ranges = await WatermarkReader.ReadAsync(consumer, partitions, cancellationToken);
            var deadLetters = await ReadDeadLetterEndsAsync(admin, cancellationToken);
            var wanted = options.Value.ToTime is { } since ? await AtTimeAsync(partitions, since, cancellationToken) : null;
            var targets = ranges.ConvertAll(range => new RewindTarget(
                range,
                Decide(topic.Name, range, wanted?[range.Partition] ?? options.Value.ToOffset!.Value),
                deadLetters.Count == 0 ? 0 : deadLetters[DeadLetterPartition.For(range.Partition, deadLetters.Count)],
                ledger.GetValueOrDefault(range.Partition) > range.Latest));
            return (await ids.ReadAsync(topic), targets);
        }
        catch (KafkaException exception)
        {
            throw new FatalException($"Kafka does not say which offsets are meant: {exception.Error.Reason}", exception);
        }
    }

    /// <summary>An offset that the partition has, or its end.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="range">What the partition has.</param>
    /// <param name="wanted">The offset asked for; one that retention has deleted means the first that is there, -1 the end.</param>
    /// <exception cref="FatalException">The offset lies past the end.</exception>
    internal static long Decide(string topic, PartitionWatermarks range, long wanted)
    {
        if (wanted > range.Latest)
            throw new FatalException($"Offset {wanted} lies past the end of {topic} partition {range.Partition}, which has {range.Earliest} to {range.Latest}. Nothing was moved.");

        return wanted == Offset.End.Value ? range.Latest : Math.Max(wanted, range.Earliest);
    }

    private async Task<List<long>> ReadDeadLetterEndsAsync(IAdminClient admin, CancellationToken cancellationToken)
    {
        var found = await Task.Run(() => admin.GetMetadata(topic.DeadLetters, s_timeout).Topics[0], cancellationToken);
        var partitions = found.Partitions.Select(p => p.PartitionId).Order().Select(p => new TopicPartition(topic.DeadLetters, p));
        return (await WatermarkReader.ReadAsync(consumer, partitions, cancellationToken)).ConvertAll(deadLetters => deadLetters.Latest);
    }

    private async Task<Dictionary<int, long>> AtTimeAsync(List<TopicPartition> partitions, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // A broker that is too old for headers keeps no times of messages either; asked for one, it names any offset.
        if (!topic.Headers)
            throw new FatalException("The broker keeps no times of messages (Topics:Headers=false). Name an offset instead (--to-offset).");

        var times = partitions.Select(p => new TopicPartitionTimestamp(p, new Timestamp(since.UtcDateTime, TimestampType.CreateTime)));
        var offsets = await Task.Run(() => consumer.OffsetsForTimes(times, s_timeout), cancellationToken);
        return offsets.ToDictionary(o => o.Partition.Value, o => o.Offset.Value);
    }
}
