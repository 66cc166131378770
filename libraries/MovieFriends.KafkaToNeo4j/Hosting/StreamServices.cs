using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>
/// Puts a run of a stream together, in a container of its own: several streams in one process share the driver and the clock, and nothing else, and
/// one that runs again gets new clients.
/// </summary>
internal static class StreamServices
{
    /// <param name="application">What the application has.</param>
    /// <param name="settings">The stream.</param>
    /// <param name="state">What stays of it from run to run.</param>
    /// <param name="end">Ends the run.</param>
    /// <param name="threads">Where it runs.</param>
    public static ServiceProvider Build(IServiceProvider application, StreamSettings settings, StreamState state, StreamEnd end, IEngineThreads threads)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(application.GetRequiredService<IConfiguration>());
        builder.AddKafkaClients(settings, state.Telemetry);

        var services = builder.Services;
        services.AddFrom(application, settings);
        services.AddSingleton<IGraph, DriverGraph>();
        services.AddSingleton<IGroupConsumer, KafkaGroupConsumer>();
        services.AddSingleton<IBrokerClient, KafkaBrokerClient>();
        services.AddSingleton(threads);
        services.AddSingleton(Random.Shared);
        services.AddSingleton<TopicReadiness>();
        services.AddSingleton<StreamPreparation>();
        services.AddEngine(application, settings, state, end);
        return services.BuildServiceProvider();
    }

    /// <summary>Adds all but the servers, the threads and the randomness: these it takes as services.</summary>
    /// <inheritdoc cref="Build"/>
    public static void AddEngine(this IServiceCollection services, IServiceProvider application, StreamSettings settings, StreamState state, StreamEnd end)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Topic);
        services.AddSingleton(settings.Options);
        services.AddSingleton(state.Statistics);
        services.AddSingleton(state.Telemetry);
        services.AddSingleton(state.Database);
        services.AddSingleton(state.Reading);
        services.AddSingleton(end);
        services.AddSingleton<OffsetLedger>();
        services.AddSingleton<DeadLetterTail>();
        services.AddSingleton<DeadLetterPublisher>();
        services.AddBookkeeping();
        services.AddWorkers(application, settings);
        services.AddPolling();
    }

    private static void AddFrom(this IServiceCollection services, IServiceProvider application, StreamSettings settings)
    {
        services.AddSingleton(application.GetRequiredService<TimeProvider>());
        services.AddSingleton(application.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(application.GetRequiredService<KafkaHealth>());
        services.AddSingleton(application.GetRequiredService<KafkaClientLog>());
        services.AddSingleton(application.GetRequiredService<IOptions<ProgressOptions>>());
        services.AddSingleton(application.GetRequiredKeyedService<IDriver>(settings.DriverKey));
        services.AddSingleton(application.GetRequiredKeyedService<Neo4jDriverSettings>(settings.DriverKey));
        services.AddSingleton(application.GetRequiredKeyedService<GraphRetry>(settings.DriverKey));
        services.AddSingleton(application.GetRequiredKeyedService<Neo4jTelemetry>(settings.DriverKey));
    }

    private static void AddBookkeeping(this IServiceCollection services)
    {
        services.AddSingleton<BatchDump>();
        services.AddSingleton<StopCondition>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OffsetCommitter>(
            provider, (Action<IEnumerable<TopicPartitionOffset>>)provider.GetRequiredService<IGroupConsumer>().Commit));
        services.AddSingleton<SettledBatches>();
        services.AddSingleton<StreamProgress>();
    }

    private static void AddWorkers(this IServiceCollection services, IServiceProvider application, StreamSettings settings)
    {
        services.AddSingleton<BatchPool>();
        services.AddSingleton<ConcurrencyLimit>();
        services.AddSingleton<TopicIdentity>();
        services.AddSingleton<PartitionRanges>();
        services.AddSingleton<BrokerQuestions>();
        services.AddSingleton<LedgerQuestions>();
        services.AddSingleton<PartitionLocator>();
        services.AddSingleton<BatchRetries>();

        // Each worker has a writer of its own, made of what the application has.
        services.AddTransient(_ => settings.NewWriter(application));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<WarmUp>(provider, NewGraphWriter(provider, new PendingDeadLetters(), new LedgerFence())));
        services.AddSingleton<Func<IAssignedPartition, Action<FatalException>, PartitionWorker>>(provider => (partition, onFatal) => NewWorker(provider, partition, onFatal));
        services.AddSingleton<PartitionWorkers>();
    }

    private static void AddPolling(this IServiceCollection services)
    {
        services.AddSingleton<PollCommands>();
        services.AddSingleton<PartitionAssignment>();
        services.AddSingleton(provider =>
        {
            var consumer = provider.GetRequiredService<IGroupConsumer>();
            return new ReadRetries(
                consumer.Pause,
                consumer.Resume,
                consumer.Seek,
                provider.GetRequiredService<ReadingHealth>(),
                provider.GetRequiredService<Random>(),
                provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<ConsumerGroup>();
        services.AddSingleton<PollLoop>();
        services.AddSingleton<LagWatch>();
        services.AddSingleton<GroupMembership>();
        services.AddSingleton(provider => new FetchWatch(
            () => provider.GetRequiredService<PartitionAssignment>().Current, provider.GetRequiredService<IBrokerClient>(), provider.GetRequiredService<IEngineThreads>()));
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
