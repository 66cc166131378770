using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;

namespace MovieFriends.Kafka;

/// <summary>
/// The settings of Kafka's clients, checked before any client is made. What stands in <c>Aspire:Confluent:Kafka:Config</c> holds for
/// producers and consumers, unless their own sections say otherwise: one place for TLS and sign-in.
/// </summary>
internal static class KafkaClientSettings
{
    private const string Section = "Aspire:Confluent:Kafka";
    private const string Config = "Config";

    private static readonly string[] s_files =
    [
        nameof(ClientConfig.SslCaLocation), nameof(ClientConfig.SslCertificateLocation), nameof(ClientConfig.SslKeyLocation),
        nameof(ClientConfig.SslKeystoreLocation), nameof(ClientConfig.SslCrlLocation),
    ];

    /// <summary>Shares the common settings out and checks all of them.</summary>
    /// <exception cref="ConfigurationException">A setting is unknown or wrong. The message never repeats a password.</exception>
    public static void AddKafkaClientSettings(this IHostApplicationBuilder builder)
    {
        Check<ClientConfig>(builder.Configuration.GetSection($"{Section}:{Config}"), new ClientConfig());
        Share(builder.Configuration, "Producer");
        Share(builder.Configuration, "Consumer");
        Check(builder.Configuration.GetSection($"{Section}:Producer:{Config}"), new ProducerConfig());
        Check(builder.Configuration.GetSection($"{Section}:Consumer:{Config}"), new ConsumerConfig());
    }

    private static void Share(IConfigurationManager configuration, string role)
    {
        var own = configuration.GetSection($"{Section}:{role}:{Config}");
        var missing = configuration.GetSection($"{Section}:{Config}").GetChildren()
            .Where(setting => own[setting.Key] is null)
            .ToDictionary(setting => $"{own.Path}:{setting.Key}", setting => setting.Value);
        if (missing.Count > 0)
            configuration.AddInMemoryCollection(missing);
    }

    private static void Check<TConfig>(IConfigurationSection section, TConfig config)
        where TConfig : ClientConfig
    {
        var settings = section.GetChildren().ToArray();
        foreach (var setting in settings)
        {
            if (typeof(TConfig).GetProperties().All(property => !property.CanWrite || !property.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)))
                throw new ConfigurationException($"{setting.Path} is not a setting of Kafka's clients; they have the names of Confluent's {typeof(TConfig).Name}.");
            if (s_files.Contains(setting.Key, StringComparer.OrdinalIgnoreCase) && !File.Exists(setting.Value) && !Directory.Exists(setting.Value))
                throw new ConfigurationException($"{setting.Path} = '{setting.Value}': there is no such file.");
        }

        try
        {
            section.Bind(config);
        }
        catch (InvalidOperationException exception)
        {
            throw new ConfigurationException($"{section.Path}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        if (config.SecurityProtocol is { } protocol and not SecurityProtocol.Plaintext)
            TryOut(section.Path, protocol, config);
    }

    // Certificates that cannot be read, a mechanism without a password and the like come to light when a client is made.
    private static void TryOut(string path, SecurityProtocol protocol, ClientConfig config)
    {
        string[] prefixes = ["security.", "sasl.", "ssl."];
        try
        {
            // It knows no broker, so it connects to none.
            using var client = new AdminClientBuilder(config.Where(setting => prefixes.Any(prefix => setting.Key.StartsWith(prefix, StringComparison.Ordinal))))
                .SetLogHandler((_, _) => { })
                .Build();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new ConfigurationException($"{path} with SecurityProtocol={protocol} cannot be used: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
