using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>The Kafka clients of a stream.</summary>
internal static class StreamClients
{
    // How long the broker keeps a fetch that finds nothing: what is asked on the same connection waits for it. Messages end the wait at once.
    private const int EmptyFetchMs = 100;

    public static void AddKafkaClients(this HostApplicationBuilder builder, StreamSettings stream, StreamTelemetry telemetry)
    {
        var (connectionName, options) = (stream.Kafka, stream.Options);
        var isTraced = telemetry.IsTracing || !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
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

                // Each would be made anew for each message.
                settings.Config.ConsumeResultFields = Fields(stream, isTraced);
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

        // For metadata; it takes 100 ms to go, so there is one for all.
        builder.Services.AddSingleton(provider => new DependentAdminClientBuilder(provider.GetRequiredService<IConsumer<byte[], byte[]>>().Handle).Build());
        builder.Services.AddSingleton(provider => new TopicIds(provider.GetRequiredService<IConsumer<byte[], byte[]>>().Handle));

        // Dead letters are rare; their producer is made when the first comes.
        builder.Services.AddSingleton(provider => new Lazy<IProducer<byte[], byte[]>>(provider.GetRequiredService<IProducer<byte[], byte[]>>));
    }

    // Nobody can ask for what the client leaves out.
    private static string Fields(StreamSettings stream, bool isTraced)
    {
        List<string> fields = [];
        if (isTraced || stream.Fields.HasFlag(MessageFields.Headers))
            fields.Add("headers");
        if (stream.Fields.HasFlag(MessageFields.Timestamp))
            fields.Add("timestamp");
        return fields.Count == 0 ? "none" : string.Join(',', fields);
    }
}
