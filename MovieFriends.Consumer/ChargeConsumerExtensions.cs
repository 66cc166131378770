using Confluent.Kafka;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.Bookkeeping;
using MovieFriends.Consumer.DeadLetters;
using MovieFriends.Consumer.Ledger;
using MovieFriends.Consumer.Polling;
using MovieFriends.Consumer.Seed;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Consumer.Workers;
using MovieFriends.Consumer.Writing;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.ServiceDefaults;

namespace MovieFriends.Consumer;

/// <summary>Puts the consumer together.</summary>
internal static class ChargeConsumerExtensions
{
    // How long the broker keeps a fetch that finds nothing: what is asked on the same connection waits for it. Messages end the wait at once.
    private const int EmptyFetchMs = 100;

    public static void AddChargeConsumer(this WebApplicationBuilder builder, string connectionName)
    {
        builder.RequireConnectionString(connectionName, "localhost:9092");
        var options = builder.AddValidatedOptions<ConsumerOptions>(ConsumerOptions.Section);
        builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        BatchDump.Prepare(options);
        builder.AddKafkaClients(connectionName, options);

        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.LeaveTimeout + TimeSpan.FromSeconds(5));
        services.AddSingleton(Random.Shared);
        services.AddSingleton<RecentLatencies>();
        services.AddSingleton<ConsumerStatistics>();
        services.AddSingleton<ConsumerTelemetry>();
        services.AddSingleton<OffsetLedger>();
        services.AddSingleton<DeadLetterTail>();
        services.AddSingleton<DeadLetterPublisher>();
        services.AddBookkeeping();
        services.AddWorkers();
        services.AddPolling();
        services.AddSingleton<SeedMark>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SeedWait>(provider, (Func<CancellationToken, Task<long?>>)provider.GetRequiredService<SeedMark>().ReadAsync));
        services.AddHealthChecks().AddCheck<DatabaseHealth>("graph writes").AddCheck<SeedWait>("users");
        services.AddSingleton<ConsumerPreparation>();
        services.AddSingleton<ConsumerProgress>();
        services.AddHostedService<ChargeConsumerService>();
    }

    /// <summary>Lets anybody ask how far the consumer is.</summary>
    public static WebApplication MapConsumerStatus(this WebApplication app)
    {
        var (statistics, telemetry) = (app.Services.GetRequiredService<ConsumerStatistics>(), app.Services.GetRequiredService<ConsumerTelemetry>());
        return app.MapStatus(() => statistics.Status(telemetry.Lags.Read()), ReportJson.Default.ConsumerStatus);
    }

    private static void AddKafkaClients(this WebApplicationBuilder builder, string connectionName, ConsumerOptions options)
    {
        builder.Services.AddSingleton<MessageBuffers>();
        builder.Services.AddSingleton<RebalanceEvents>();
        builder.AddKafkaConsumer<MessageBytes, MessageBytes>(
            connectionName,
            settings =>
            {
                // Spans and metrics are per batch here, and this component's health check would send a message each time.
                settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;
                settings.Config.GroupId ??= options.GroupId;
                settings.Config.EnableAutoCommit = false;
                settings.Config.EnableAutoOffsetStore = false;
                settings.Config.AutoOffsetReset = AutoOffsetReset.Error;
                settings.Config.EnablePartitionEof = true;
                settings.Config.GroupInstanceId ??= options.InstanceId;
                if (settings.Config.GroupProtocol != GroupProtocol.Consumer)
                {
                    // In the newer protocol both are the broker's business, and the client refuses to be told.
                    settings.Config.PartitionAssignmentStrategy ??= PartitionAssignmentStrategy.CooperativeSticky;
                    settings.Config.SessionTimeoutMs ??= 10_000;
                }

                // The topic's name and the timestamp would be made anew for each message, and nobody asks for them.
                settings.Config.ConsumeResultFields = builder.ExportsTelemetry() ? "headers" : "none";
                settings.Config.QueuedMinMessages ??= 20_000;
                settings.Config.QueuedMaxMessagesKbytes ??= 16_384;

                // With its queue full the client would by default not fetch for a whole second.
                settings.Config.FetchQueueBackoffMs ??= 5;

                // A partition that is to be read again waits for a fetch of the others.
                settings.Config.FetchWaitMaxMs ??= EmptyFetchMs;
                settings.Config.TopicMetadataRefreshIntervalMs ??= 30_000;
            },
            (provider, consumer) =>
            {
                var buffers = provider.GetRequiredService<MessageBuffers>();
                var events = provider.GetRequiredService<RebalanceEvents>();
                consumer
                    .SetKeyDeserializer(buffers.Key)
                    .SetValueDeserializer(buffers.Value)
                    .SetPartitionsAssignedHandler((_, partitions) => events.Assigned(partitions))
                    .SetPartitionsRevokedHandler((_, partitions) => events.Revoked(partitions))
                    .SetPartitionsLostHandler((_, partitions) => events.Lost(partitions))
                    .SetErrorHandler((_, error) => events.Failed(error));
            });

        builder.AddKafkaProducer<byte[], byte[]>(connectionName, settings =>
        {
            settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;
            settings.Config.EnableIdempotence ??= true;
            settings.Config.OneRequestAtATime();

            // A broker that is away is waited for, however long.
            settings.Config.MessageTimeoutMs ??= 0;
        });

        // Asks where partitions begin and end, and reads dead letters: on a connection of its own, for on that of the poll thread a question
        // waits behind a fetch that waits for messages.
        builder.AddKafkaConsumer<byte[], byte[]>(connectionName, settings =>
        {
            settings.DisableTracing = settings.DisableMetrics = settings.DisableHealthChecks = true;
            settings.Config.GroupId ??= options.GroupId;
            settings.Config.EnableAutoCommit = false;
            settings.Config.EnablePartitionEof = true;
            settings.Config.FetchWaitMaxMs ??= EmptyFetchMs;
        });

        // One for all questions that only it can ask: each that is made takes 100 ms to go.
        builder.Services.AddSingleton(provider => new DependentAdminClientBuilder(provider.GetRequiredService<IConsumer<byte[], byte[]>>().Handle).Build());

        // Dead letters are rare; their producer is made when the first comes.
        builder.Services.AddSingleton(provider => new Lazy<IProducer<byte[], byte[]>>(provider.GetRequiredService<IProducer<byte[], byte[]>>));
    }

    private static void AddBookkeeping(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton<BatchDump>();
        services.AddSingleton<StopCondition>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OffsetCommitter>(
            provider, (Action<IEnumerable<TopicPartitionOffset>>)provider.GetRequiredService<IConsumer<MessageBytes, MessageBytes>>().Commit));
        services.AddSingleton<SettledBatches>();
    }

    private static void AddWorkers(this IServiceCollection services)
    {
        services.AddSingleton<BatchPool>();
        services.AddSingleton<ConcurrencyLimit>();
        services.AddSingleton<TopicIdentity>();
        services.AddSingleton<PartitionRanges>();
        services.AddSingleton<BrokerQuestions>();
        services.AddSingleton<LedgerQuestions>();
        services.AddSingleton<PartitionLocator>();
        services.AddSingleton<BatchRetries>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<WarmUp>(provider, NewGraphWriter(provider, new PendingDeadLetters(), new LedgerFence())));
        services.AddSingleton<Func<IAssignedPartition, Action<FatalException>, PartitionWorker>>(provider => (partition, onFatal) => NewWorker(provider, partition, onFatal));
        services.AddSingleton<PartitionWorkers>();
    }

    private static void AddPolling(this IServiceCollection services)
    {
        services.AddSingleton<PollCommands>();
        services.AddSingleton<PartitionAssignment>();
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<ConsumerGroup>();
        services.AddSingleton<PollLoop>();
        services.AddSingleton<LagWatch>();
        services.AddSingleton<BrokerWatches>();
        services.AddSingleton<PollThread>();
    }

    private static PartitionWorker NewWorker(IServiceProvider provider, IAssignedPartition partition, Action<FatalException> onFatal)
    {
        var (deadLetters, fence) = (new PendingDeadLetters(), new LedgerFence());
        return ActivatorUtilities.CreateInstance<PartitionWorker>(
            provider,
            ActivatorUtilities.CreateInstance<BatchSource>(provider, partition),
            ActivatorUtilities.CreateInstance<PartitionPosition>(provider, partition.Partition, deadLetters, fence),
            ActivatorUtilities.CreateInstance<BatchWriter>(provider, partition.Partition, NewGraphWriter(provider, deadLetters, fence)),
            onFatal);
    }

    private static GraphWriter NewGraphWriter(IServiceProvider provider, PendingDeadLetters deadLetters, LedgerFence fence) =>
        ActivatorUtilities.CreateInstance<GraphWriter>(provider, deadLetters, fence);
}
