using Confluent.Kafka;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Sources;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults;

namespace MovieFriends.Producer;

/// <summary>Puts the producer together.</summary>
internal static class ProducerExtensions
{
    /// <summary>Adds where events come from, and how they are sent and counted.</summary>
    public static void AddProducer(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ProducerTelemetry>();
        builder.Services.AddSingleton<SendSpans>();
        builder.Services.AddSingleton<DeliveryCounter>();
        builder.Services.AddSingleton<EventSources>();
        builder.Services.AddSingleton<MessageSender>();
        builder.Services.AddSingleton<ProducerTopic>();
        builder.Services.AddSingleton<SendLoop>();
    }

    /// <summary>Adds the clients: one that sends, as the mode wants it, and one that asks about the topic.</summary>
    public static void AddKafkaClients(this IHostApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName, "localhost:9092");
        var topics = builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        var options = builder.AddValidatedOptions<ProducerOptions>(ProducerOptions.Section);
        var topic = options.Events == ProducerEvents.Charges ? topics.Charges : topics.Rentals
            ?? throw new ConfigurationException($"With {ProducerOptions.Section}:{nameof(ProducerOptions.Events)}={options.Events}, {TopicOptions.Section}:{nameof(topics.Rentals)} must name their topic.");
        builder.AddTopic(new TopicSettings(topic, topics.DeadLettersOf(topic), topics.Partitions, topics.ReplicationFactor, topics.Create, topics.Headers));
        if (options.Mode == ProducerMode.Live)
            builder.AddLiveClient(connectionName);
        else
            builder.AddLoadClient(connectionName);

        // Only to look for the topic and ask for offsets; it joins no group.
        builder.AddKafkaConsumer<Ignore, Ignore>(
            connectionName,
            settings =>
            {
                settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;
                settings.Config.GroupId ??= "moviefriends-producer";
                settings.Config.EnableAutoCommit = false;
            });
    }

    /// <summary>Lets anybody ask how far the producer is.</summary>
    public static WebApplication MapProducerStatus(this WebApplication app)
    {
        var counter = app.Services.GetRequiredService<DeliveryCounter>();
        var instance = Guid.NewGuid().ToString("n");
        return app.MapStatus(() => new(instance, counter.Sent, counter.Confirmed, counter.Failed), ReportJson.Default.ProducerStatus);
    }

    private static void AddLiveClient(this IHostApplicationBuilder builder, string connectionName)
    {
        builder.AddKafkaProducer<byte[], byte[]>(
            connectionName,
            settings =>
            {
                // Spans and metrics are per batch here, and this component's health check would send a message each time.
                settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;
                ProducerSettings.Complete(settings.Config, ProducerMode.Live);
            },
            (provider, producer) => producer.SetErrorHandler((_, error) => provider.GetRequiredService<DeliveryCounter>().ClientFailed(error)));
        builder.Services.AddSingleton<IMessageClient>(provider => ProducerSettings.Build(() => ActivatorUtilities.CreateInstance<LiveClient>(provider)));
    }

    private static void AddLoadClient(this IHostApplicationBuilder builder, string connectionName)
    {
        var config = new ProducerConfig();
        builder.Configuration.GetSection(ProducerSettings.Section).Bind(config);
        config.BootstrapServers = builder.Configuration.GetConnectionString(connectionName);
        ProducerSettings.Complete(config, ProducerMode.Load);
        builder.Services.AddSingleton<IMessageClient>(provider => ActivatorUtilities.CreateInstance<LoadClient>(provider, config));
    }
}
