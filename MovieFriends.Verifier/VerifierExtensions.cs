using Confluent.Kafka;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Verifier.Comparison;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;
using MovieFriends.Verifier.Positions;
using MovieFriends.Verifier.Rentals;

namespace MovieFriends.Verifier;

/// <summary>Puts the verifier together.</summary>
internal static class VerifierExtensions
{
    public static void AddVerifier(this HostApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName, "localhost:9092");
        var options = builder.AddValidatedOptions<VerifierOptions>(VerifierOptions.Section);
        var topics = builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        builder.Services.AddSingleton<GraphReader>();
        builder.Services.AddSingleton<LedgerWait>();
        builder.Services.AddSingleton<PositionReport>();
        if (options.Topic is { } topic)
            builder.AddPositions(connectionName, Settings(topic, topics, nameof(options.Topic), VerifierOptions.Section));
        else
            builder.AddContent(connectionName, topics);
    }

    private static void AddPositions(this HostApplicationBuilder builder, string connectionName, TopicSettings topic)
    {
        builder.AddTopic(topic);
        builder.AddTopicConsumer(connectionName, Deserializers.Ignore);
        builder.Services.AddSingleton<TopicWatermarks<Ignore>>();
        builder.Services.AddHostedService<PositionVerifier>();
    }

    private static void AddContent(this HostApplicationBuilder builder, string connectionName, TopicOptions topics)
    {
        builder.AddTopic(Settings(topics.Charges, topics, nameof(topics.Charges)));
        builder.AddTopicConsumer(connectionName, new ChargeDeserializer());

        builder.Services.AddSingleton<TopicWatermarks<ParsedCharge>>();
        builder.Services.AddSingleton<TopicCharges>();
        builder.Services.AddSingleton<TopicCompleteness>();
        builder.Services.AddSingleton<GraphComparer>();
        builder.Services.AddSingleton<ComparisonReport>();
        builder.Services.AddSingleton<ChargeVerifier>();
        builder.Services.AddHostedService<VerifierService>();
        if (topics.Rentals is { } rentals)
            builder.AddRentals(connectionName, Settings(rentals, topics, nameof(topics.Rentals)));
    }

    private static void AddRentals(this HostApplicationBuilder builder, string connectionName, TopicSettings topic)
    {
        builder.AddTopicConsumer(connectionName, new RentalDeserializer());
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TopicWatermarks<ParsedRental>>(
            provider, ActivatorUtilities.CreateInstance<TopicReadiness>(provider, topic)));
        builder.Services.AddSingleton<RentalVerifier>();
    }

    private static void AddTopicConsumer<TValue>(this HostApplicationBuilder builder, string connectionName, IDeserializer<TValue> deserializer)
    {
        builder.AddKafkaConsumer<Ignore, TValue>(
            connectionName,
            settings =>
            {
                settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;

                // Partitions are assigned by hand and nothing is committed: no group is disturbed.
                settings.Config.GroupId = "moviefriends-verifier";
                settings.Config.EnableAutoCommit = false;
                settings.Config.EnableAutoOffsetStore = false;
                settings.Config.EnablePartitionEof = true;
                settings.Config.AutoOffsetReset = AutoOffsetReset.Earliest;
                settings.Config.QueuedMaxMessagesKbytes ??= 16_384;

                // By default the client rests for a second whenever its queue is full.
                settings.Config.FetchQueueBackoffMs ??= 5;
            },
            (provider, consumer) => consumer
                .SetValueDeserializer(deserializer)
                .SetErrorHandler((_, error) => provider.GetRequiredService<KafkaHealth>().Failed(error)));
        builder.Services.AddSingleton<TopicReader<TValue>>();
    }

    private static TopicSettings Settings(string name, TopicOptions topics, string key, string section = TopicOptions.Section) =>
        new(name, topics.DeadLettersOf(name), topics.Partitions, topics.ReplicationFactor, topics.Create, topics.Headers) { NameKey = $"{section}:{key}" };
}
