using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Consumer.Ledger;

/// <summary>
/// Which topic it is that has the name: one that was deleted and created again has another id. The client would go on in
/// the new one at the old one's offset, and skip its first messages without a word.
/// </summary>
internal sealed class TopicIdentity(IAdminClient admin, IOptions<TopicOptions> topics, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    /// <summary>Asks for the topic's id.</summary>
    /// <returns>Empty where the broker has no ids.</returns>
    /// <exception cref="KafkaException">The broker does not answer, or has no such topic now.</exception>
    public Task<string> ReadAsync() => TopicIds.ReadAsync(admin, topics.Value);

    /// <summary>Asks again and again, until cancelled.</summary>
    /// <exception cref="FatalException">The topic is another one than before.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        var first = string.Empty;
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            try
            {
                // A service that stops does not wait for a broker that does not answer.
                var id = await ReadAsync().WaitAsync(cancellationToken);
                if (id.Length == 0)
                    return;
                if (first.Length > 0 && id != first)
                    throw Changed(topics.Value.Charges, first, id);
                first = id;
            }
            catch (KafkaException)
            {
                // Away or deleted: others say so. What matters is which topic it is when there is one again.
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>The error, with the way out.</summary>
    public static FatalException Changed(string topic, string before, string now) => new(
        $"Topic {topic} was deleted and created again: the graph's ledger belongs to topic id {before}, the topic's is {now}. {WayOut(topic)}");

    /// <summary>What to do about a ledger that belongs to another topic.</summary>
    public static string WayOut(string topic) =>
        $"To read the topic from its beginning, stop this consumer and run 'dotnet moviefriends.cs rewind --to-offset 0 --apply', or delete the ledger of the topic (MATCH (o:KafkaOffset) WHERE o.id STARTS WITH '{topic}/' DELETE o); charges that are in the graph already are recognised.";
}
