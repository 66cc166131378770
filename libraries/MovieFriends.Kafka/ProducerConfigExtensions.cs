using Confluent.Kafka;

namespace MovieFriends.Kafka;

/// <summary>Settings that every producer of the solution has.</summary>
public static class ProducerConfigExtensions
{
    /// <summary>
    /// Sends no messages to a broker before it has answered for those before, unless the configuration says otherwise.
    /// </summary>
    /// <remarks>
    /// With several requests on their way an idempotent producer can lose the first message of a partition and have it confirmed: a broker
    /// that does not lead the partition yet refuses the first request, leads it when the second arrives, takes that because it knows nothing
    /// of the producer there, and the client concludes from this success that the first has arrived as well
    /// (https://github.com/confluentinc/confluent-kafka-go/issues/921). Without idempotence it would change the order of messages.
    /// </remarks>
    public static void OneRequestAtATime(this ProducerConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.MaxInFlight ??= 1;
    }
}
