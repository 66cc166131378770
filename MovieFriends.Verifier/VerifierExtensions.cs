using Confluent.Kafka;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Verifier.Comparison;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;
using MovieFriends.Verifier.Rentals;

namespace MovieFriends.Verifier;

/// <summary>Puts the verifier together.</summary>
internal static class VerifierExtensions
{
    public static void AddVerifier(this HostApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName, "localhost:9092");
        builder.AddValidatedOptions<VerifierOptions>(VerifierOptions.Section);
        var topics = builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        builder.AddTopic(Settings(topics.Charges, topics, nameof(topics.Charges)));
        builder.AddTopicConsumer(connectionName, new ChargeDeserializer());

        builder.Services.AddSingleton<TopicWatermarks<ParsedCharge>>();
        builder.Services.AddSingleton<TopicCharges>();
        builder.Services.AddSingleton<TopicCompleteness>();
        builder.Services.AddSingleton<GraphReader>();
        builder.Services.AddSingleton<LedgerWait>();
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

    private static TopicSettings Settings(string name, TopicOptions topics, string key) =>
        new(name, topics.DeadLettersOf(name), topics.Partitions, topics.ReplicationFactor, topics.Create, topics.Headers) { NameKey = $"{TopicOptions.Section}:{key}" };
}
