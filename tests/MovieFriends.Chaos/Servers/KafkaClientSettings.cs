using System.Globalization;
using Confluent.Kafka;

namespace MovieFriends.Chaos.Servers;

/// <summary>Settings of Kafka clients from the environment that the AppHost hands to services.</summary>
internal static class KafkaClientSettings
{
    // What brokers that come and go give a client to complain about is no result; what a call fails with still is.
    private const string LogLevel = "log_level";
    private const string ErrorsOnly = "3";

    private const string BootstrapVariable = "ConnectionStrings__kafka";

    public static ProducerConfig Producer(IReadOnlyDictionary<string, string> environment) => Apply(new ProducerConfig(), "Producer", environment);

    public static ConsumerConfig Consumer(IReadOnlyDictionary<string, string> environment) => Apply(new ConsumerConfig(), "Consumer", environment);

    /// <summary>For questions about the cluster.</summary>
    /// <param name="environment">The services' environment.</param>
    /// <param name="bootstrapServers">Asks there instead.</param>
    public static AdminClientConfig Admin(IReadOnlyDictionary<string, string> environment, string? bootstrapServers = null)
    {
        var config = new AdminClientConfig { BootstrapServers = bootstrapServers ?? environment[BootstrapVariable] };
        config.Set(LogLevel, ErrorsOnly);
        foreach (var name in new[] { nameof(ClientConfig.ApiVersionRequest), nameof(ClientConfig.BrokerVersionFallback) })
        {
            if (environment.TryGetValue($"Aspire__Confluent__Kafka__Consumer__Config__{name}", out var value))
                Set(config, name, value);
        }

        return config;
    }

    private static T Apply<T>(T config, string kind, IReadOnlyDictionary<string, string> environment)
        where T : ClientConfig
    {
        foreach (var prefix in new[] { "Aspire__Confluent__Kafka__Config__", $"Aspire__Confluent__Kafka__{kind}__Config__" })
        {
            foreach (var (name, value) in environment.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)))
                Set(config, name[prefix.Length..], value);
        }

        config.BootstrapServers = environment[BootstrapVariable];
        config.Set(LogLevel, ErrorsOnly);
        return config;
    }

    private static void Set(ClientConfig config, string name, string value)
    {
        var property = config.GetType().GetProperty(name) ?? throw new ArgumentException($"The Kafka client has no setting {name}.", nameof(name));
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(config, type.IsEnum ? Enum.Parse(type, value, ignoreCase: true) : Convert.ChangeType(value, type, CultureInfo.InvariantCulture));
    }
}
