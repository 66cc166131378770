using MovieFriends.Chaos.Judging;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Bench.Environments;

/// <summary>What the graph must hold if a part of a topic is in it, also where a user has more than one charge of a day: the last one stands.</summary>
internal static class TopicTotals
{
    /// <param name="environment">How to reach the broker, as environment variables.</param>
    /// <param name="topic">A topic in which all messages of a user are in one partition, in the order of their time, and of one day.</param>
    /// <param name="positions">For each partition the first offset that is not in the graph.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static ChargeTotals Read(IReadOnlyDictionary<string, string> environment, string topic, IReadOnlyDictionary<int, long> positions, CancellationToken cancellationToken)
    {
        var amounts = new Dictionary<long, double>();
        TopicReader.Read(
            environment,
            topic,
            message =>
            {
                if (message.Offset.Value < positions.GetValueOrDefault(message.Partition.Value) && ChargeCodec.Parse(message.Message.Value, out var charge) == ChargeFormatError.None)
                    amounts[charge.UserId] = charge.Amount;
            },
            cancellationToken);
        return new ChargeTotals(amounts.Count, amounts.Count, amounts.Keys.Sum(), amounts.Values.Sum());
    }
}
