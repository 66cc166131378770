using Confluent.Kafka;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Replayer.DeadLetters;
using MovieFriends.Replayer.Ledger;

namespace MovieFriends.Replayer;

/// <summary>Puts the replayer together.</summary>
internal static class ReplayerExtensions
{
    public static void AddReplayer(this HostApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName, "localhost:9092");
        var options = builder.AddValidatedOptions<ReplayerOptions>(ReplayerOptions.Section);
        var topics = builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        var name = options.Topic ?? topics.Charges;
        var topic = new TopicSettings(name, topics.DeadLettersOf(name), topics.Partitions, topics.ReplicationFactor, topics.Create, topics.Headers)
        {
            NameKey = options.Topic is null ? $"{TopicOptions.Section}:{nameof(topics.Charges)}" : $"{ReplayerOptions.Section}:{nameof(options.Topic)}",
        };
        builder.AddTopic(topic);
        builder.AddKafkaClients(connectionName, topic);

        if (options.Mode == ReplayerMode.Rewind)
        {
            builder.Services.AddSingleton<RewindTargets>();
            builder.Services.AddSingleton<LedgerMover>();
            builder.Services.AddHostedService<RewindService>();
        }
        else
        {
            builder.Services.AddSingleton<DeadLetterReader>();
            builder.Services.AddSingleton<DeadLetterSender>();
            builder.Services.AddSingleton<DeadLetterReplay>();
            builder.Services.AddHostedService<ReplayService>();
        }
    }

    private static void AddKafkaClients(this HostApplicationBuilder builder, string connectionName, TopicSettings topic)
    {
        builder.AddKafkaConsumer<byte[], byte[]>(
            connectionName,
            settings =>
            {
                settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;

                // Partitions are assigned by hand and nothing is committed: no group is disturbed.
                settings.Config.GroupId = "moviefriends-replayer";
                settings.Config.EnableAutoCommit = false;
                settings.Config.EnableAutoOffsetStore = false;
                settings.Config.EnablePartitionEof = true;
                settings.Config.AutoOffsetReset = AutoOffsetReset.Earliest;
                settings.Config.IsolationLevel = IsolationLevel.ReadCommitted;
                settings.Config.QueuedMaxMessagesKbytes ??= 16_384;
            },
            (provider, consumer) => consumer.SetErrorHandler((_, error) => provider.GetRequiredService<KafkaHealth>().Failed(error)));

        builder.AddKafkaProducer<byte[], byte[]>(
            connectionName,
            settings =>
            {
                settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;

                // One name for each topic: of two replays at once, the broker lets only the later one go on.
                settings.Config.TransactionalId = $"moviefriends-replay-{topic.Name}";

                // Readers do not get past a transaction that is open. If this process is killed in the middle of one, they wait that long.
                settings.Config.TransactionTimeoutMs = 10_000;
                settings.Config.MessageTimeoutMs = 10_000;
                settings.Config.OneRequestAtATime();
                settings.Config.LingerMs ??= 5;
            },
            (provider, producer) => producer.SetErrorHandler((_, error) => provider.GetRequiredService<KafkaHealth>().Failed(error)));

        // Only what is really sent needs it.
        builder.Services.AddSingleton(provider => new Lazy<IProducer<byte[], byte[]>>(provider.GetRequiredService<IProducer<byte[], byte[]>>));
    }
}
