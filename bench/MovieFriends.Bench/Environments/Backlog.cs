using MovieFriends.Chaos.Judging;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Bench.Environments;

/// <summary>The messages that wait in the topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Totals">What the graph must hold when all of them are in it.</param>
internal sealed record Backlog(string Topic, ChargeTotals Totals)
{
    /// <summary>Reads what is there.</summary>
    /// <exception cref="InvalidOperationException">Something else than so many charges of one user each.</exception>
    public static Backlog Read(IReadOnlyDictionary<string, string> environment, string topic, long messages, CancellationToken cancellationToken)
    {
        var users = new HashSet<long>();
        var (userIds, amount) = (0L, 0.0);
        TopicReader.Read(
            environment,
            topic,
            message =>
            {
                if (ChargeCodec.Parse(message.Message.Value, out var charge) != ChargeFormatError.None || !users.Add(charge.UserId))
                    throw new InvalidOperationException($"Offset {message.TopicPartitionOffset} is not a charge of a user of its own.");
                userIds += charge.UserId;
                amount += charge.Amount;
            },
            cancellationToken);
        return users.Count == messages
            ? new Backlog(topic, new ChargeTotals(messages, messages, userIds, amount))
            : throw new InvalidOperationException($"Topic {topic} has {users.Count} messages instead of {messages}.");
    }
}
