using Confluent.Kafka;

namespace MovieFriends.Kafka.BatchProducer;

/// <summary>Makes librdkafka's producer from the settings of the .NET client.</summary>
internal static unsafe class ClientFactory
{
    private const string DefaultPartitioner = "consistent_random";

    /// <summary>The partitioner that the settings name, as librdkafka calls it.</summary>
    public static string Partitioner(ProducerConfig config) => config.FirstOrDefault(setting => setting.Key == "partitioner").Value ?? DefaultPartitioner;

    /// <summary>Makes a client, which is to be destroyed.</summary>
    /// <exception cref="InvalidOperationException">A setting is not one of the client's, or wrong.</exception>
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
                    throw new InvalidOperationException(Librdkafka.Text(error));
            }

            // Logged lines wait in the queue for the thread that polls, as everything else.
            _ = Librdkafka.Set(settings, "log.queue", "true", error, Librdkafka.ErrorSize);
            Librdkafka.SetEvents(settings, Librdkafka.Events.DeliveryReport | Librdkafka.Events.Error | Librdkafka.Events.Log);
            var client = Librdkafka.NewClient(Librdkafka.Producer, settings, error, Librdkafka.ErrorSize);
            if (client == 0)
                throw new InvalidOperationException(Librdkafka.Text(error));

            settings = 0;
            return client;
        }
        finally
        {
            if (settings != 0)
                Librdkafka.DestroyConfiguration(settings);
        }
    }
}
