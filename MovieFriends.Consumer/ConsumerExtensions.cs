using MovieFriends.Consumer.Charges;
using MovieFriends.Consumer.Rentals;
using MovieFriends.Consumer.Seed;
using MovieFriends.Contracts.Graph;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.Neo4j;
using MovieFriends.ServiceDefaults;
using Neo4j.Driver;

namespace MovieFriends.Consumer;

/// <summary>Streams charges and, where there are some, rentals into the graph.</summary>
internal static class ConsumerExtensions
{
    /// <summary>Adds the streams of charges and rentals.</summary>
    /// <param name="builder">The consumer's builder.</param>
    /// <param name="kafka">The broker's name below <c>ConnectionStrings</c>.</param>
    /// <param name="graph">The graph's name below <c>ConnectionStrings</c>.</param>
    public static void AddConsumer(this WebApplicationBuilder builder, string kafka, string graph)
    {
        var options = builder.AddValidatedOptions<ConsumerOptions>(ConsumerOptions.Section);
        var topics = builder.AddValidatedOptions<TopicOptions>(TopicOptions.Section);
        builder.Services.AddSingleton<IStreamHost, StreamHost>();
        builder.Services.AddSingleton<SeedMark>();
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SeedWait>(provider, (Func<CancellationToken, Task<long?>>)provider.GetRequiredService<SeedMark>().ReadAsync));
        builder.Services.AddHealthChecks().AddCheck<SeedWait>("users");
        builder.AddKafkaToNeo4j<ChargeRows, ChargeWriter>(kafka, graph, topics.Charges, stream =>
        {
            stream.Section = ConsumerOptions.Section;
            stream.Options = options;
            stream.Topic = new TopicSettings(topics.Charges, topics.DeadLetters, topics.Partitions, topics.ReplicationFactor, topics.Create, topics.Headers);
            stream.Keys = GraphNames.Keys;
            stream.Stage = "consume";
            stream.HealthCheck = "graph writes";
            stream.Prepare = PrepareAsync;
            stream.Ended = Report;
            stream.RewindAdvice = "run 'dotnet moviefriends.cs rewind --to-offset 0 --apply'";
            stream.ReadAgainAdvice = "charges that are in the graph already are recognised";
        });
        if (topics.Rentals is { } rentals)
            builder.AddRentalConsumer(kafka, graph, rentals, topics, options);
    }

    /// <summary>Lets anybody ask how far the consumer is.</summary>
    public static WebApplication MapConsumerStatus(this WebApplication app)
    {
        var topics = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<TopicOptions>>();
        var charges = app.Services.GetRequiredKeyedService<StreamInfo>(topics.Value.Charges);
        var rentals = topics.Value.Rentals is { } topic ? app.Services.GetRequiredKeyedService<StreamInfo>(topic) : null;
        return app.MapStatus(() => Status(charges.ReadStatus()) with { Rentals = rentals is null ? null : Status(rentals.ReadStatus()) }, ReportJson.Default.ConsumerStatus);
    }

    // Users are there if the consumer waits for them, and charges can name them.
    private static async Task PrepareAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        await provider.GetRequiredService<SeedWait>().RunAsync(cancellationToken);
        var (driver, database) = (provider.GetRequiredService<IDriver>(), provider.GetRequiredService<Neo4jDriverSettings>().Database);
        var foreign = await provider.GetRequiredService<GraphRetry>().RunAsync(
            () => NodeKeys.FindForeignAsync(driver, database, GraphNames.User, GraphNames.UserId), cancellationToken);
        if (foreign is not null)
            throw new FatalException(ForeignUsers.Explain(foreign.Value));
    }

    private static void Report(IServiceProvider provider, StreamReport report) => StageLog.Report(
        provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ConsumerExtensions)),
        ReportStages.ConsumedCharges,
        new ConsumerReport
        {
            Messages = report.Messages,
            Bytes = report.Bytes,
            Seconds = report.Seconds,
            ChargesPerSecond = report.MessagesPerSecond,
            MegabytesPerSecond = report.MegabytesPerSecond,
            Batches = report.Batches,
            Created = report.Written.Created,
            Updated = report.Written.Updated,
            DeadLettered = report.DeadLettered,
            UnknownUsers = report.Written.Unmatched,
            Deadlocks = report.Deadlocks,
        },
        ReportJson.Default.ConsumerReport);

    private static ConsumerStatus Status(StreamStatus status) => new()
    {
        Instance = status.Instance,
        Messages = status.Messages,
        Batches = status.Batches,
        Created = status.Written.Created,
        Updated = status.Written.Updated,
        Lag = status.Lag,
        LatencyP50 = status.LatencyP50,
        LatencyP99 = status.LatencyP99,
        Retries = status.Retries,
        DeadLettered = status.DeadLettered,
        UnknownUsers = status.Written.Unmatched,
    };
}
