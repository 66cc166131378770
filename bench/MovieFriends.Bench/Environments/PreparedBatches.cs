using MovieFriends.Chaos.Judging;
using MovieFriends.Consumer.Charges;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Bench.Environments;

/// <summary>The backlog as the consumer would cut it into batches under load: of one partition each, in its order.</summary>
internal static class PreparedBatches
{
    /// <param name="environment">With its backlog.</param>
    /// <param name="size">The most charges in one batch.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>First the first batch of each partition, then the second ones, as partitions take turns.</returns>
    public static IReadOnlyList<ChargeColumns> Read(BenchEnvironment environment, int size, CancellationToken cancellationToken)
    {
        var partitions = new SortedDictionary<int, List<ChargeColumns>>();
        TopicReader.Read(
            environment.Variables,
            environment.Backlog.Topic,
            message =>
            {
                ChargeCodec.Parse(message.Message.Value, out var charge);
                var partition = message.Partition.Value;
                if (!partitions.TryGetValue(partition, out var batches))
                    partitions[partition] = batches = [];
                if (batches.Count == 0 || batches[^1].Count == size)
                    batches.Add(new ChargeColumns());
                batches[^1].Add(charge);
            },
            cancellationToken);
        return
        [
            .. partitions.Values
                .SelectMany(batches => batches.Select((batch, place) => (batch, place)))
                .OrderBy(batch => batch.place)
                .Select(batch => batch.batch),
        ];
    }
}
