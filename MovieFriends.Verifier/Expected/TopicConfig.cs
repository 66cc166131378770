using Confluent.Kafka;
using Confluent.Kafka.Admin;
using MovieFriends.Kafka;

namespace MovieFriends.Verifier.Expected;

/// <summary>What the broker says of a topic's settings.</summary>
internal static class TopicConfig
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether the topic keeps only the last messages of each key. False where the broker does not say: an old one, or one that does not let everybody ask.</summary>
    public static async Task<bool> IsCompactedAsync(Handle client, string topic)
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(client).Build();
            var settings = await admin.DescribeConfigsAsync([new ConfigResource { Type = ResourceType.Topic, Name = topic }], new DescribeConfigsOptions { RequestTimeout = s_timeout });
            return settings[0].Entries.TryGetValue("cleanup.policy", out var policy) && policy.Value.Contains("compact", StringComparison.Ordinal);
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
