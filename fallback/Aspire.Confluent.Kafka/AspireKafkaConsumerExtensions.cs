using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds consumers.</summary>
public static class AspireKafkaConsumerExtensions
{
    private const string SectionName = "Aspire:Confluent:Kafka:Consumer";

    /// <summary>Adds an <see cref="IConsumer{TKey, TValue}"/> for the connection string of that name.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName) =>
        Add<TKey, TValue>(builder, connectionName, false, null, null);

    /// <summary>The same, with settings changed in code.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings) =>
        Add<TKey, TValue>(builder, connectionName, false, configureSettings, null);

    /// <summary>The same, with the client's builder changed in code.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, false, null, Wrap(configureBuilder));

    /// <summary>The same, with the client's builder changed in code that needs services.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, false, null, configureBuilder);

    /// <summary>The same, with settings and the client's builder changed in code.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings, Action<ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, false, configureSettings, Wrap(configureBuilder));

    /// <summary>The same, with settings changed in code, and the client's builder in code that needs services.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, false, configureSettings, configureBuilder);

    /// <summary>Adds an <see cref="IConsumer{TKey, TValue}"/> under the connection string's name as key.</summary>
    public static void AddKeyedKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string name) =>
        Add<TKey, TValue>(builder, name, true, null, null);

    /// <summary>The same, with settings changed in code.</summary>
    public static void AddKeyedKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string name, Action<KafkaConsumerSettings>? configureSettings) =>
        Add<TKey, TValue>(builder, name, true, configureSettings, null);

    /// <summary>The same, with the client's builder changed in code.</summary>
    public static void AddKeyedKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string name, Action<ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, name, true, null, Wrap(configureBuilder));

    /// <summary>The same, with the client's builder changed in code that needs services.</summary>
    public static void AddKeyedKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string name, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, name, true, null, configureBuilder);

    /// <summary>The same, with settings and the client's builder changed in code.</summary>
    public static void AddKeyedKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string name, Action<KafkaConsumerSettings>? configureSettings, Action<ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, name, true, configureSettings, Wrap(configureBuilder));

    /// <summary>The same, with settings changed in code, and the client's builder in code that needs services.</summary>
    public static void AddKeyedKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string name, Action<KafkaConsumerSettings>? configureSettings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, name, true, configureSettings, configureBuilder);

    private static void Add<TKey, TValue>(IHostApplicationBuilder builder, string connectionName, bool keyed, Action<KafkaConsumerSettings>? configureSettings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var settings = Bind(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);
        if (settings.ConnectionString is { } servers)
            settings.Config.BootstrapServers = servers;
        if (!settings.DisableMetrics)
            settings.Config.StatisticsIntervalMs ??= KafkaStatistics.DefaultIntervalMilliseconds;

        if (keyed)
            builder.Services.AddKeyedSingleton(connectionName, (services, _) => Create(services, settings, configureBuilder));
        else
            builder.Services.AddSingleton(services => Create(services, settings, configureBuilder));

        if (!settings.DisableMetrics)
            KafkaStatistics.Register(builder.Services);
        if (!settings.DisableHealthChecks)
            KafkaHealthCheck.Register(builder.Services, keyed ? $"Aspire.Confluent.Kafka.Consumer_{connectionName}" : "Aspire.Confluent.Kafka.Consumer", settings.Config);
    }

    private static KafkaConsumerSettings Bind(IConfiguration configuration, string connectionName)
    {
        var settings = new KafkaConsumerSettings();
        var section = configuration.GetSection(SectionName);
        foreach (var level in (IConfigurationSection[])[section, section.GetSection(connectionName)])
        {
            level.Bind(settings);
            // A property without a setter is bound by hand: Config's own properties are not plain values.
            level.GetSection(nameof(settings.Config)).Bind(settings.Config);
        }
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        return settings;
    }

    private static IConsumer<TKey, TValue> Create<TKey, TValue>(IServiceProvider services, KafkaConsumerSettings settings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder)
    {
        if (string.IsNullOrEmpty(settings.Config.BootstrapServers))
            throw new InvalidOperationException("No bootstrap servers configured.");
        var builder = new ConsumerBuilder<TKey, TValue>(settings.Config);
        configureBuilder?.Invoke(services, builder);
        var log = KafkaLog.From(services);
        // A handler the caller has set stays: the client allows one of each.
        KafkaLog.UnlessSet(() => builder.SetLogHandler((_, message) => log.Write(message)));
        if (!settings.DisableMetrics)
        {
            var statistics = services.GetRequiredService<KafkaStatistics>();
            KafkaLog.UnlessSet(() => builder.SetStatisticsHandler((_, json) => statistics.Record(json)));
        }
        return builder.Build();
    }

    private static Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? Wrap<TKey, TValue>(Action<ConsumerBuilder<TKey, TValue>>? action) =>
        action is null ? null : (_, builder) => action(builder);
}
