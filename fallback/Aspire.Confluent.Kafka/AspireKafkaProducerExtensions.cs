using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds producers. Those under a key are left out, and so are overloads that set nothing.</summary>
public static class AspireKafkaProducerExtensions
{
    private const string SectionName = "Aspire:Confluent:Kafka:Producer";

    /// <summary>Adds an <see cref="IProducer{TKey, TValue}"/> for the connection string of that name, with settings changed in code.</summary>
    public static void AddKafkaProducer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaProducerSettings>? configureSettings) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, null);

    /// <summary>The same, with the client's builder changed in code as well.</summary>
    public static void AddKafkaProducer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaProducerSettings>? configureSettings, Action<ProducerBuilder<TKey, TValue>>? configureBuilder) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, configureBuilder is null ? null : (_, producer) => configureBuilder(producer));

    /// <summary>The same, with the client's builder changed in code that needs services.</summary>
    public static void AddKafkaProducer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaProducerSettings>? configureSettings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, configureSettings, configureBuilder);

    private static void Add<TKey, TValue>(IHostApplicationBuilder builder, string connectionName, Action<KafkaProducerSettings>? configureSettings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = new KafkaProducerSettings();
        KafkaClient.Bind(builder.Configuration, SectionName, connectionName, settings, settings.Config);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);
        settings.Config.BootstrapServers = settings.ConnectionString ?? settings.Config.BootstrapServers;
        KafkaClient.RefuseWhatIsLeftOut(!settings.DisableMetrics, !settings.DisableTracing, !settings.DisableHealthChecks);
        builder.Services.AddSingleton(services => Create(services, settings, configureBuilder));
    }

    private static IProducer<TKey, TValue> Create<TKey, TValue>(IServiceProvider services, KafkaProducerSettings settings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configureBuilder)
    {
        if (string.IsNullOrEmpty(settings.Config.BootstrapServers))
            throw new InvalidOperationException("No bootstrap servers configured.");
        var producer = new ProducerBuilder<TKey, TValue>(settings.Config);
        configureBuilder?.Invoke(services, producer);
        var log = KafkaClient.Log(services);
        KafkaClient.SetLogHandler(services, () => producer.SetLogHandler((_, message) => log(message)));
        return producer.Build();
    }
}
