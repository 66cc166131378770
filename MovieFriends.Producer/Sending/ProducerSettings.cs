using Confluent.Kafka;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Producer.Sending;

/// <summary>The settings of the client that sends, in both modes.</summary>
internal static class ProducerSettings
{
    public const string Section = "Aspire:Confluent:Kafka:Producer:Config";

    // While a request of a partition is on its way and its next messages are due, librdkafka's thread asks again and again, without a pause, whether it may
    // send them. At full speed a batch is full long before.
    private const int LoadLingerMs = 50;
    private const int LiveLingerMs = 5;

    // Those for which a key has one partition: others would break the order of a user's events.
    private static readonly string[] s_partitioners = ["consistent_random", "consistent", "murmur2", "murmur2_random"];

    /// <summary>Completes what the configuration says.</summary>
    /// <exception cref="ConfigurationException">The partitioner is none that keeps a user's events in their order.</exception>
    public static void Complete(ProducerConfig config, ProducerMode mode)
    {
        config.EnableIdempotence ??= true;
        config.Acks ??= Acks.All;
        config.OneRequestAtATime();
        config.LingerMs ??= mode == ProducerMode.Load ? LoadLingerMs : LiveLingerMs;

        // A broker that is away is waited for, however long.
        config.MessageTimeoutMs ??= 0;

        // A topic may be given more partitions. In mode Load the client asks for them as often, and needs no setting for it.
        if (mode == ProducerMode.Live)
            config.TopicMetadataRefreshIntervalMs ??= 60_000;

        // Of a report only the error is looked at, which is always there.
        config.DeliveryReportFields ??= "none";
        RefusePartitioner(config);
    }

    /// <summary>Makes a client.</summary>
    /// <exception cref="ConfigurationException">A setting is not one of the client's, or wrong.</exception>
    /// <exception cref="FatalException">The native library is none that this was written for.</exception>
    public static T Build<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is NotSupportedException or DllNotFoundException)
        {
            throw new FatalException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new ConfigurationException($"Kafka's producer cannot be made: {exception.Message}. The section is {Section}.", exception);
        }
    }

    /// <exception cref="ConfigurationException">It is none that keeps a user's events in their order.</exception>
    internal static void RefusePartitioner(ProducerConfig config)
    {
        var name = config.FirstOrDefault(setting => setting.Key == "partitioner").Value;
        if (name is not null && !s_partitioners.Contains(name))
        {
            throw new ConfigurationException(
                $"Partitioner = '{name}': one user's events would not stay in their order. Choose ConsistentRandom, Consistent, Murmur2 or Murmur2Random. The section is {Section}.");
        }
    }
}
