using Confluent.Kafka;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Verifier.Comparison;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;

namespace MovieFriends.Verifier;

/// <summary>Puts the verifier together.</summary>
internal static class ChargeVerifierExtensions
{
    public static void AddChargeVerifier(this HostApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName, "localhost:9092");
        builder.AddValidatedOptions<VerifierOptions>(VerifierOptions.Section);
        var topics = builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        builder.AddTopic(new TopicSettings(topics.Charges, topics.DeadLetters, topics.Partitions, topics.ReplicationFactor, topics.Create, topics.Headers) { NameKey = $"{TopicOptions.Section}:{nameof(topics.Charges)}" });

        builder.AddKafkaConsumer<Ignore, ParsedCharge>(
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
                .SetValueDeserializer(new ChargeDeserializer())
                .SetErrorHandler((_, error) => provider.GetRequiredService<KafkaHealth>().Failed(error)));

        builder.Services.AddSingleton<TopicReader>();
        builder.Services.AddSingleton<TopicWatermarks>();
        builder.Services.AddSingleton<TopicCharges>();
        builder.Services.AddSingleton<TopicCompleteness>();
        builder.Services.AddSingleton<GraphReader>();
        builder.Services.AddSingleton<LedgerWait>();
        builder.Services.AddSingleton<GraphComparer>();
        builder.Services.AddSingleton<ComparisonReport>();
        builder.Services.AddHostedService<VerifierService>();
    }
}
