using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;

namespace MovieFriends.Kafka;

/// <summary>What every service that uses Kafka has.</summary>
public static class KafkaClientExtensions
{
    /// <summary>
    /// Checks the settings of Kafka's clients and shares the common ones out, and adds the opinion about Kafka. Comes before the clients, which read their settings when they are added.
    /// </summary>
    /// <exception cref="ConfigurationException">A setting in <c>Kafka</c> or <c>Aspire:Confluent:Kafka</c> is unknown or wrong.</exception>
    public static void AddKafkaDefaults(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddKafkaClientSettings();
        builder.AddKafkaClientLog();
        builder.AddValidatedOptions<KafkaOptions>(KafkaOptions.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<KafkaRefusals>();
        builder.Services.AddSingleton<KafkaHealth>();
        builder.Services.AddHealthChecks().AddCheck<KafkaHealth>("kafka");
    }

    /// <summary>Adds the topic that a service reads or writes, and the look for it at the start.</summary>
    public static void AddTopic(this IHostApplicationBuilder builder, TopicSettings topic)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(topic);
        builder.Services.AddSingleton<TopicReadiness>();
    }

    // What the client says while a broker is away is one line per attempt, and what ends it comes back as an error: both are said once,
    // elsewhere. So nobody shows it, and one listens all the same.
    private static void AddKafkaClientLog(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddFilter(KafkaClientLog.Category, LogLevel.None);
        var log = new KafkaClientLog();
        builder.Services.AddSingleton(log);
        builder.Logging.AddProvider(log);
        builder.Logging.AddFilter<KafkaClientLog>(category: null, LogLevel.None);
        builder.Logging.AddFilter<KafkaClientLog>(KafkaClientLog.Category, LogLevel.Information);
    }
}
