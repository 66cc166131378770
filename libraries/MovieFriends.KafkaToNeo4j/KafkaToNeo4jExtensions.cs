using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;
using Neo4j.Driver;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds streams from Kafka into Neo4j to a host.</summary>
public static class KafkaToNeo4jExtensions
{
    private const string DriverOf = "MovieFriends.KafkaToNeo4j.Graph";

    /// <summary>Adds a stream with rows and a writer of the application's own. The writer is made of the host's services, once for each partition.</summary>
    /// <typeparam name="TRows">The rows of a batch.</typeparam>
    /// <typeparam name="TWriter">Writes them.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="kafka">The broker's name below <c>ConnectionStrings</c>.</param>
    /// <param name="graph">The database's name below <c>ConnectionStrings</c>.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="configure">Decides the rest.</param>
    /// <exception cref="ConfigurationException">A connection string or an option is missing, unknown or wrong.</exception>
    public static void AddKafkaToNeo4j<TRows, TWriter>(
        this IHostApplicationBuilder builder, string kafka, string graph, string topic, Action<StreamSettings>? configure = null)
        where TRows : class, IRowSet, new()
        where TWriter : class, IRowWriter<TRows> =>
        Add(builder, topic, configure, new StreamSettings(
            kafka, graph, static () => new TRows(), static provider => RowWriter.Of(ActivatorUtilities.CreateInstance<TWriter>(provider))));

    /// <summary>
    /// Adds a stream of records that one Cypher text writes. The text gets the rows of a batch as <c>$rows</c>: a list of maps with the record's properties,
    /// in the order of the messages. It must find what it changes by unique properties.
    /// </summary>
    /// <example>
    /// <code>
    /// builder.AddKafkaToNeo4j&lt;Order&gt;("kafka", "graph", topic: "orders", cypher: "UNWIND $rows AS r MERGE (o:Order {id: r.id}) SET o.total = r.total");
    /// public sealed record Order(long Id, double Total);
    /// </code>
    /// </example>
    /// <typeparam name="TRecord">The record that a message's value is read into; JSON, if nothing else is decided.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="kafka">The broker's name below <c>ConnectionStrings</c>.</param>
    /// <param name="graph">The database's name below <c>ConnectionStrings</c>.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="cypher">Writes the rows.</param>
    /// <param name="configure">Decides the rest.</param>
    /// <exception cref="ConfigurationException">A connection string or an option is missing, unknown or wrong.</exception>
    public static void AddKafkaToNeo4j<TRecord>(
        this IHostApplicationBuilder builder, string kafka, string graph, string topic, string cypher, Action<RecordSettings<TRecord>>? configure = null)
        where TRecord : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cypher);
        if (!cypher.Contains("$rows", StringComparison.Ordinal) && !cypher.Contains("{rows}", StringComparison.Ordinal))
            throw new ConfigurationException($"The Cypher text for topic {topic} does not use $rows, the rows of its messages: begin it with UNWIND $rows AS r.");
        var stream = new RecordSettings<TRecord>(kafka, graph, topic, cypher);
        configure?.Invoke(stream);
        Add(builder, topic, configure: null, stream);
    }

    /// <summary>Adds a stream of records that a pattern of nodes and relationships says how to write.</summary>
    /// <typeparam name="TRecord">The record that a message's value is read into; JSON, if nothing else is decided.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="kafka">The broker's name below <c>ConnectionStrings</c>.</param>
    /// <param name="graph">The database's name below <c>ConnectionStrings</c>.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="pattern">The pattern, whose Cypher is in the log at the level Debug.</param>
    /// <param name="configure">Decides the rest.</param>
    /// <exception cref="ConfigurationException">A connection string or an option is missing, unknown or wrong.</exception>
    public static void AddKafkaToNeo4j<TRecord>(
        this IHostApplicationBuilder builder, string kafka, string graph, string topic, PatternTemplate pattern, Action<RecordSettings<TRecord>>? configure = null)
        where TRecord : notnull
    {
        ArgumentNullException.ThrowIfNull(pattern);
        builder.AddKafkaToNeo4j<TRecord>(kafka, graph, topic, pattern.Cypher, stream =>
        {
            stream.Keys = pattern.Keys;
            configure?.Invoke(stream);
        });
    }

    private static void Add(IHostApplicationBuilder builder, string topic, Action<StreamSettings>? configure, StreamSettings stream)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(topic);
        configure?.Invoke(stream);
        Complete(builder.Configuration, topic, stream);
        builder.RequireConnectionString(stream.Kafka, "localhost:9092");
        BatchDump.Prepare(stream.Options);
        AddClients(builder, stream);

        var services = builder.Services;
        services.Configure<HostOptions>(host =>
        {
            var needed = stream.Options.LeaveTimeout + TimeSpan.FromSeconds(5);
            host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
        });
        services.TryAddSingleton<IStreamHost, HostLifetime>();
        services.TryAddSingleton<StreamsUnderWay>();
        var key = stream.Topic.Name;
        services.AddKeyedSingleton(key, (provider, _) => new StreamState(
            stream, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddKeyedSingleton(key, (provider, _) => new StreamInfo(stream, provider.GetRequiredKeyedService<StreamState>(key)));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            stream.HealthCheck ?? $"graph writes of {key}", provider => provider.GetRequiredKeyedService<StreamState>(key), failureStatus: null, tags: null));
        services.AddSingleton<IHostedService>(provider =>
            ActivatorUtilities.CreateInstance<StreamService>(provider, stream, provider.GetRequiredKeyedService<StreamState>(key)));
    }

    // What the application has not decided comes from the configuration.
    private static void Complete(IConfiguration configuration, string topic, StreamSettings stream)
    {
        if (stream.Options is null || stream.Topic is null)
        {
            var options = configuration.ReadValidated<KafkaToNeo4jOptions>(KafkaToNeo4jOptions.DefaultSection, topic);
            stream.Options ??= options.GroupId == StreamOptions.DefaultGroupId ? options with { GroupId = $"{StreamOptions.DefaultGroupId}-{topic}" } : options;
            stream.Topic ??= new TopicSettings(
                topic, options.DeadLetterTopic ?? $"{topic}.dead-letter", options.Partitions, options.ReplicationFactor, options.Create, options.Headers)
            {
                Section = stream.Section,
            };
        }

        stream.Options = stream.Options with { Section = stream.Section };
        if (stream.Topic.DeadLetters == stream.Topic.Name)
            throw new ConfigurationException($"Topic {topic} cannot be its own dead-letter topic: each dead letter would be a message that becomes a dead letter.");
    }

    private static void AddClients(IHostApplicationBuilder builder, StreamSettings stream)
    {
        // Whoever has added these already has said more of them.
        if (builder.Services.All(service => service.ServiceType != typeof(KafkaHealth)))
            builder.AddKafkaDefaults();
        if (builder.Services.All(service => service.ServiceType != typeof(IOptions<ProgressOptions>)))
            builder.AddProgressOptions();
        if (builder.Services.All(service => service.ServiceType != typeof(IDriver) || service.IsKeyedService))
        {
            builder.AddNeo4jDriver(stream.Graph);
            builder.Properties[DriverOf] = stream.Graph;
        }
        else if (builder.Properties.TryGetValue(DriverOf, out var first) && !Equals(first, stream.Graph))
        {
            // Another graph than that of the first stream.
            stream.DriverKey = stream.Graph;
            if (builder.Services.All(service => service.ServiceType != typeof(IDriver) || !Equals(service.ServiceKey, stream.Graph)))
                builder.AddKeyedNeo4jDriver(stream.Graph);
        }

        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(StreamTelemetry.Name));
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(StreamTelemetry.Name));
    }
}
