using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace MovieFriends.Kafka;

/// <summary>Asks brokers which topic it is that has a name: one that was deleted and created again has another id.</summary>
public static class TopicIds
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks for the id of a topic.</summary>
    /// <returns>Empty where the broker has no ids.</returns>
    /// <exception cref="KafkaException">The broker does not answer, or has no such topic now.</exception>
    public static async Task<string> ReadAsync(IAdminClient admin, TopicSettings topic)
    {
        ArgumentNullException.ThrowIfNull(admin);
        ArgumentNullException.ThrowIfNull(topic);

        // A broker that is too old for headers has no topic ids either, and the client would wait for the name of a controller, which it never gives.
        if (!topic.Headers)
            return string.Empty;

        try
        {
            var description = await admin.DescribeTopicsAsync(
                TopicCollection.OfTopicNames([topic.Name]),
                new DescribeTopicsOptions { RequestTimeout = s_timeout });
            return description.TopicDescriptions[0].TopicId?.ToString() ?? string.Empty;
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            return string.Empty;
        }
    }
}
