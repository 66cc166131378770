using Confluent.Kafka;
using MovieFriends.ServiceDefaults.Configuration;

namespace MovieFriends.Producer.Client;

/// <summary>Makes librdkafka's producer from the settings of the .NET client.</summary>
internal static unsafe class ClientFactory
{
    private const string DefaultPartitioner = "consistent_random";

    // Those for which a key has one partition: others would break the order of a user's charges.
    private static readonly string[] s_partitioners = [DefaultPartitioner, "consistent", "murmur2", "murmur2_random"];

    /// <summary>The partitioner that the settings name, as librdkafka calls it.</summary>
    /// <exception cref="ConfigurationException">It is none that keeps a user's charges in their order.</exception>
    public static string Partitioner(ProducerConfig config)
    {
        var name = config.FirstOrDefault(setting => setting.Key == "partitioner").Value ?? DefaultPartitioner;
        return s_partitioners.Contains(name)
            ? name
            : throw new ConfigurationException(
                $"Partitioner = '{name}': one user's charges would not stay in their order. Choose ConsistentRandom, Consistent, Murmur2 or Murmur2Random. The section is Aspire:Confluent:Kafka:Producer:Config.");
    }

    /// <summary>Makes a client, which is to be destroyed.</summary>
    /// <exception cref="ConfigurationException">A setting is not one of the client's, or wrong.</exception>
    public static nint Create(ProducerConfig config)
    {
        var error = stackalloc byte[Librdkafka.ErrorSize];
        var settings = Librdkafka.NewConfiguration();
        try
        {
            foreach (var (name, value) in config)
            {
                // Those of the .NET client are not librdkafka's.
                if (!name.StartsWith("dotnet.", StringComparison.Ordinal) && Librdkafka.Set(settings, name, value, error, Librdkafka.ErrorSize) != 0)
                    throw Refused(error);
            }

            // Logged lines wait in the queue for the thread that polls, as everything else.
            _ = Librdkafka.Set(settings, "log.queue", "true", error, Librdkafka.ErrorSize);
            Librdkafka.SetEvents(settings, Librdkafka.Events.DeliveryReport | Librdkafka.Events.Error | Librdkafka.Events.Log);
            var client = Librdkafka.NewClient(Librdkafka.Producer, settings, error, Librdkafka.ErrorSize);
            if (client == 0)
                throw Refused(error);

            settings = 0;
            return client;
        }
        finally
        {
            if (settings != 0)
                Librdkafka.DestroyConfiguration(settings);
        }
    }

    private static ConfigurationException Refused(byte* error) =>
        new($"Kafka's producer cannot be made: {Librdkafka.Text(error)}. The section is Aspire:Confluent:Kafka:Producer:Config.");
}
