using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds consumers. Those under a key are left out, and so are overloads that set nothing.</summary>
public static class AspireKafkaConsumerExtensions
{
    private const string SectionName = "Aspire:Confluent:Kafka:Consumer";

    /// <summary>Adds an <see cref="IConsumer{TKey, TValue}"/> for the connection string of that name, with settings changed in code.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, null);

    /// <summary>The same, with the client's builder changed in code as well.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings, Action<ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, configureBuilder is null ? null : (_, consumer) => configureBuilder(consumer));

    /// <summary>The same, with the client's builder changed in code that needs services.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, configureSettings, configureBuilder);

    private static void Add<TKey, TValue>(IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = new KafkaConsumerSettings();
        KafkaClient.Bind(builder.Configuration, SectionName, connectionName, settings, settings.Config);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);
        settings.Config.BootstrapServers = settings.ConnectionString ?? settings.Config.BootstrapServers;
        KafkaClient.RefuseWhatIsLeftOut(!settings.DisableMetrics, !settings.DisableTracing, !settings.DisableHealthChecks);
        builder.Services.AddSingleton(services => Create(services, settings, configureBuilder));
    }

    private static IConsumer<TKey, TValue> Create<TKey, TValue>(IServiceProvider services, KafkaConsumerSettings settings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder)
    {
        if (string.IsNullOrEmpty(settings.Config.BootstrapServers))
            throw new InvalidOperationException("No bootstrap servers configured.");
        if (settings.Config.GroupId is null)
            throw new InvalidOperationException("No group id configured.");
        var consumer = new ConsumerBuilder<TKey, TValue>(settings.Config);
        configureBuilder?.Invoke(services, consumer);
        var log = KafkaClient.Log(services);
        KafkaClient.SetLogHandler(services, () => consumer.SetLogHandler((_, message) => log(message)));
        return consumer.Build();
    }
}
