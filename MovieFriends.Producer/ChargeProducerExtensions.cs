using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Producer.Client;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Sources;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Configuration;
using MovieFriends.ServiceDefaults.Kafka;

namespace MovieFriends.Producer;

/// <summary>Puts the producer together.</summary>
internal static class ChargeProducerExtensions
{
    // While a request of a partition is on its way and its next messages are due, librdkafka's thread asks again and again, without a pause, whether it may
    // send them. At full speed a batch is full long before.
    private const int LoadLingerMs = 50;
    private const int LiveLingerMs = 5;

    public static void AddChargeProducer(this WebApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName, "localhost:9092");
        var options = builder.AddValidatedOptions<ProducerOptions>(ProducerOptions.Section);
        builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        builder.AddKafkaClients(connectionName, options.Mode);

        var services = builder.Services;
        services.AddSingleton<DeliveryCounter>();
        services.AddSingleton<ProducerTelemetry>();
        services.AddSingleton<SendSpans>();
        services.AddSingleton<ChargeSources>();
        services.AddSingleton<ChargeSender>();
        builder.AddKafkaHealth();
        services.AddHostedService<ProducerService>();
    }

    /// <summary>Lets anybody ask how far the producer is.</summary>
    public static WebApplication MapProducerStatus(this WebApplication app)
    {
        var counter = app.Services.GetRequiredService<DeliveryCounter>();
        var instance = Guid.NewGuid().ToString("n");
        return app.MapStatus(() => new(instance, counter.Sent, counter.Confirmed, counter.Failed), ReportJson.Default.ProducerStatus);
    }

    private static void AddKafkaClients(this WebApplicationBuilder builder, string connectionName, ProducerMode mode)
    {
        // This reads the settings of producers as everywhere; the client that sends is made from them below.
        ProducerConfig? config = null;
        builder.AddKafkaProducer<byte[], byte[]>(
            connectionName,
            settings =>
            {
                config = settings.Config;

                // No span and no statistics per message here, and this component's health check would send a message each time.
                settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;
                settings.Config.EnableIdempotence ??= true;
                settings.Config.Acks ??= Acks.All;
                settings.Config.OneRequestAtATime();
                settings.Config.LingerMs ??= mode == ProducerMode.Load ? LoadLingerMs : LiveLingerMs;

                // A broker that is away is waited for, however long.
                settings.Config.MessageTimeoutMs ??= 0;
            });
        _ = ClientFactory.Partitioner(config!);
        builder.Services.AddSingleton(provider => new BatchProducer(
            config!,
            provider.GetRequiredService<IOptions<TopicOptions>>().Value.Charges,
            provider.GetRequiredService<DeliveryCounter>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(KafkaClientLog.Category),
            provider.GetRequiredService<TimeProvider>()));

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
}
