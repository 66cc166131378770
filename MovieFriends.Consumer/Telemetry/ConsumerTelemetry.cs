using System.Diagnostics;
using System.Diagnostics.Metrics;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.Writing;

namespace MovieFriends.Consumer.Telemetry;

/// <summary>Spans and metrics of the consumer, after the OpenTelemetry semantic conventions for messaging.</summary>
internal sealed class ConsumerTelemetry : IDisposable
{
    public const string Name = "MovieFriends.Consumer";

    private const string System = "kafka";

    private static readonly double[] s_seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60];

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _latency;
    private readonly Histogram<int> _batchSize;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _unknownUsers;
    private readonly Counter<long> _deadlocks;
    private readonly Counter<long> _fenced;

    public ConsumerTelemetry()
    {
        _consumed = _meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages polled and settled.");
        _duration = Seconds("messaging.process.duration", "From the hand-over of a batch to its commit.");
        _latency = Seconds("moviefriends.charge.latency", "From the event time of a charge to its commit in the graph.");
        _batchSize = _meter.CreateHistogram<int>("moviefriends.batch.size", "{message}", "Messages per transaction.", advice: new() { HistogramBucketBoundaries = [1, 2, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10000] });
        _deadLetters = _meter.CreateCounter<long>("moviefriends.dead_letters", "{message}", "Messages moved to the dead-letter topic.");
        _unknownUsers = _meter.CreateCounter<long>("moviefriends.unknown_users", "{message}", "Charges of users who are not in the graph.");
        _deadlocks = _meter.CreateCounter<long>("moviefriends.deadlocks", "{transaction}", "Transactions ended by the database because of a deadlock, and repeated.");
        _fenced = _meter.CreateCounter<long>("moviefriends.ledger.fenced", "{transaction}", "Transactions given up because another owner has moved the ledger.");
    }

    /// <summary>Starts the trace of a batch: its poll, which is over, and its processing, which begins.</summary>
    public Activity? StartBatch(string topic, int partition, ChargeBatch batch, string group)
    {
        if (!_source.HasListeners())
            return null;

        ActivityContext polled;
        using (var poll = _source.StartActivity($"poll {topic}", ActivityKind.Client, default(ActivityContext), startTime: batch.FirstPolled))
        {
            Describe(poll, "poll", "receive", topic, partition, batch, group);
            polled = poll?.Context ?? default;
        }

        // Only now: the end of the poll makes current what was current before it, and statements belong to the processing.
        var process = _source.StartActivity($"process {topic}", ActivityKind.Consumer, polled);
        Describe(process, "process", "process", topic, partition, batch, group);
        return process;
    }

    /// <summary>A span for the commit of a batch's offset to Kafka.</summary>
    public Activity? StartCommit(string topic, int partition, long nextOffset, ActivityContext process)
    {
        var commit = _source.StartActivity($"commit {topic}", ActivityKind.Client, process);
        if (commit is { IsAllDataRequested: true })
        {
            commit.SetTag("messaging.system", System);
            commit.SetTag("messaging.operation.name", "commit");
            commit.SetTag("messaging.operation.type", "settle");
            commit.SetTag("messaging.destination.name", topic);
            commit.SetTag("messaging.destination.partition.id", partition);
            commit.SetTag("messaging.kafka.offset", nextOffset - 1);
        }

        return commit;
    }

    public void Committed(string topic, ChargeBatch batch, BatchOutcome outcome, Activity? process, TimeSpan duration, DateTimeOffset now)
    {
        var destination = new KeyValuePair<string, object?>("messaging.destination.name", topic);
        if (batch.Count == 0)
            return;

        _consumed.Add(batch.Count, new("messaging.system", System), destination);
        _duration.Record(duration.TotalSeconds, new("messaging.system", System), destination);
        _batchSize.Record(batch.Count);
        if (outcome.DeadLettered > 0)
            _deadLetters.Add(outcome.DeadLettered);
        if (outcome.UnknownUsers > 0)
            _unknownUsers.Add(outcome.UnknownUsers);
        if (_latency.Enabled)
        {
            var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
            foreach (var created in batch.Charges.CreatedDates)
                _latency.Record(Math.Max(seconds - created, 0));
        }

        if (process is { IsAllDataRequested: true })
        {
            process.SetTag("moviefriends.charges.created", outcome.Created);
            process.SetTag("moviefriends.charges.updated", outcome.Updated);
            process.SetTag("moviefriends.charges.stale", outcome.Stale);
            process.SetTag("moviefriends.charges.dead_lettered", outcome.DeadLettered);
        }
    }

    public void Retry(Activity? process, Exception exception, string errorType, int attempt, bool deadlock)
    {
        if (deadlock)
            _deadlocks.Add(1);
        process?.AddEvent(new ActivityEvent("retry", tags: new() { { "error.type", errorType }, { "exception.message", exception.Message }, { "moviefriends.attempt", attempt } }));
    }

    public void Fenced(Activity? process)
    {
        _fenced.Add(1);
        process?.SetStatus(ActivityStatusCode.Error, "The ledger has moved.");
        process?.SetTag("error.type", "ledger_moved");
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    private static void Describe(Activity? activity, string operation, string type, string topic, int partition, ChargeBatch batch, string group)
    {
        if (activity is not { IsAllDataRequested: true })
            return;

        activity.SetTag("messaging.system", System);
        activity.SetTag("messaging.operation.name", operation);
        activity.SetTag("messaging.operation.type", type);
        activity.SetTag("messaging.destination.name", topic);
        activity.SetTag("messaging.destination.partition.id", partition);
        activity.SetTag("messaging.consumer.group.name", group);
        activity.SetTag("messaging.batch.message_count", batch.Count);
        activity.SetTag("moviefriends.offset.first", batch.FromOffset);
        activity.SetTag("moviefriends.offset.last", batch.NextOffset - 1);
    }

    private Histogram<double> Seconds(string name, string description) =>
        _meter.CreateHistogram<double>(name, "s", description, advice: new() { HistogramBucketBoundaries = s_seconds });
}
