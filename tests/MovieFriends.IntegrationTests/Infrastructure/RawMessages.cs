using System.Text;
using Confluent.Kafka;
using MovieFriends.Chaos.Servers;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Messages as bytes, which need be no text at all.</summary>
internal static class RawMessages
{
    /// <summary>As large as a broker takes a batch by default, in bytes.</summary>
    private const int BrokerLimit = 1_048_588;

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Appends messages to the topic in turn.</summary>
    public static async Task ProduceAsync(this Scenario scenario, params IEnumerable<(byte[]? Key, byte[]? Value)> messages)
    {
        var config = KafkaClientSettings.Producer(scenario.Environment);
        (config.LingerMs, config.MessageMaxBytes) = (1, 2 * BrokerLimit);
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(config).Build();
        await Task.WhenAll(messages.Select(m => producer.ProduceAsync(scenario.Topic, new Message<byte[]?, byte[]?> { Key = m.Key, Value = m.Value }, scenario.Cancellation)));
    }

    /// <summary>Reads as many dead letters as are expected.</summary>
    public static List<Message<byte[]?, byte[]?>> ReadRawDeadLetters(this Scenario scenario, int count)
    {
        var config = KafkaClientSettings.Consumer(scenario.Environment);
        config.GroupId = $"test-{Guid.NewGuid():N}";
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(config).Build();
        consumer.Subscribe(scenario.DeadLetters);
        var deadLetters = new List<Message<byte[]?, byte[]?>>();
        while (deadLetters.Count < count)
            deadLetters.Add(consumer.Consume(TimeSpan.FromSeconds(30))?.Message ?? throw new TimeoutException($"{deadLetters.Count} of {count} dead letters came."));
        consumer.Close();
        return deadLetters;
    }

    /// <summary>Key and value in a form that can be compared and read.</summary>
    public static string Describe(byte[]? key, byte[]? value) => $"{Describe(key)}={Describe(value)}";

    private static string Describe(byte[]? bytes) => bytes is null
        ? "none"
        : bytes.Length <= 200 ? Convert.ToHexString(bytes) : $"{bytes.Length}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))}";
}
