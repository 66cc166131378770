using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;

namespace MovieFriends.KafkaToNeo4j.Telemetry;

/// <summary>Spans and metrics of a stream, after the OpenTelemetry semantic conventions for messaging.</summary>
internal sealed class StreamTelemetry : IDisposable
{
    /// <summary>The name of activity source and meter.</summary>
    public const string Name = "MovieFriends.KafkaToNeo4j";

    public const string System = "kafka";

    private static readonly double[] s_seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60];

    private static readonly KeyValuePair<string, object?> s_system = new("messaging.system", System);
    private static readonly KeyValuePair<string, object?> s_poll = new("messaging.operation.name", "poll");
    private static readonly KeyValuePair<string, object?> s_process = new("messaging.operation.name", "process");

    private readonly StreamOptions _options;
    private readonly KeyValuePair<string, object?> _destination;
    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _latency;
    private readonly Histogram<int> _batchSize;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _unmatched;
    private readonly Counter<long> _deadlocks;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _fenced;

    public StreamTelemetry(StreamOptions options, TopicSettings topic)
    {
        _options = options;
        _destination = new("messaging.destination.name", topic.Name);
        _consumed = _meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages polled and settled.");
        _duration = Seconds("messaging.process.duration", "From the hand-over of a batch to its commit.");
        _latency = Seconds("moviefriends.event.latency", "From the event time of a message to the commit that settled it in the graph.");
        _batchSize = _meter.CreateHistogram<int>("moviefriends.batch.size", "{message}", "Messages per transaction.", advice: new() { HistogramBucketBoundaries = [1, 2, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10000] });
        _deadLetters = _meter.CreateCounter<long>("moviefriends.dead_letters", "{message}", "Messages moved to the dead-letter topic.");
        _unmatched = _meter.CreateCounter<long>("moviefriends.unmatched", "{message}", "Messages whose rows found nothing in the graph to be attached to.");
        _deadlocks = _meter.CreateCounter<long>("moviefriends.deadlocks", "{transaction}", "Transactions ended by the database because of a deadlock, and repeated.");
        _retries = _meter.CreateCounter<long>("moviefriends.retries", "{transaction}", "Transactions that failed and were repeated.");
        _fenced = _meter.CreateCounter<long>("moviefriends.ledger.fenced", "{transaction}", "Transactions given up because another owner has moved the ledger.");
        _meter.CreateObservableGauge("moviefriends.consumer.lag", () => Lags.Measure(topic.Name), "{message}", "Messages of a partition that are not in the graph yet.");
    }

    /// <summary>The meter of this stream.</summary>
    internal Meter Meter => _meter;

    /// <summary>Whether anybody follows the batches: if not, nothing is done for their traces.</summary>
    public bool IsTracing => _source.HasListeners();

    /// <summary>How far the graph is behind.</summary>
    public PartitionLags Lags { get; } = new();

    /// <summary>Starts the trace of a batch: its poll, which is over, and its processing, which begins.</summary>
    public Activity? StartBatch(TopicPartition partition, MessageBatch batch)
    {
        if (!_source.HasListeners())
            return null;

        // A trace of its own, whatever was under way where this worker was started.
        Activity.Current = null;
        ActivityContext polled;
        using (var poll = _source.StartActivity($"poll {partition.Topic}", ActivityKind.Client, default(ActivityContext), startTime: batch.FirstPolled))
        {
            Describe(poll, "poll", "receive", partition, batch);
            polled = poll?.Context ?? default;
        }

        // Only now: the end of the poll makes current what was current before it, and statements belong to the processing.
        return StartProcess(partition, batch, polled);
    }

    /// <summary>A part of a batch that is written by itself, because the whole was rejected: its processing belongs to that of the whole.</summary>
    public Activity? StartPart(TopicPartition partition, MessageBatch part, Activity? whole) =>
        whole is null ? null : StartProcess(partition, part, whole.Context);

    /// <summary>Spans for the commit of batches' offsets to Kafka.</summary>
    public CommitSpans StartCommits(IEnumerable<(TopicPartitionOffset Next, ActivityContext Process)> settled)
    {
        var spans = new CommitSpans();
        foreach (var (next, process) in settled)
            spans.Add(StartCommit(next, process));
        return spans;
    }

    private Activity? StartCommit(TopicPartitionOffset next, ActivityContext process)
    {
        var commit = _source.StartActivity($"commit {next.Topic}", ActivityKind.Client, process);
        if (commit is { IsAllDataRequested: true })
        {
            Describe(commit, "commit", "settle", next.TopicPartition);
            commit.SetTag("messaging.kafka.offset", next.Offset.Value - 1);
        }

        return commit;
    }

    public void Committed(TopicPartition partition, MessageBatch batch, BatchOutcome outcome, Activity? process, int attempt, TimeSpan duration, DateTimeOffset now)
    {
        Lags.Settled(partition.Partition.Value, batch.NextOffset);
        if (process is { IsAllDataRequested: true })
        {
            process.SetTag("moviefriends.rows.created", outcome.Written.Created);
            process.SetTag("moviefriends.rows.updated", outcome.Written.Updated);
            process.SetTag("moviefriends.rows.unchanged", outcome.Written.Unchanged);
            process.SetTag("moviefriends.dead_lettered", outcome.DeadLettered);
            process.SetTag("moviefriends.attempt", attempt);
        }

        if (batch.Count == 0)
            return;

        _consumed.Add(batch.Count, s_system, _destination, s_poll);
        _duration.Record(duration.TotalSeconds, s_system, _destination, s_process);
        _batchSize.Record(batch.Count, _destination);
        if (outcome.DeadLettered > 0)
            _deadLetters.Add(outcome.DeadLettered, _destination);
        if (outcome.Written.Unmatched > 0)
            _unmatched.Add(outcome.Written.Unmatched, _destination);
        if (_latency.Enabled)
        {
            var seconds = now.ToUnixTimeMilliseconds() / 1000.0;
            foreach (var eventTime in batch.EventTimes)
                _latency.Record(Math.Max(seconds - eventTime, 0), _destination);
        }
    }

    public void Retry(Activity? process, Exception exception, string errorType, int attempt, bool deadlock)
    {
        _retries.Add(1, new("error.type", errorType), _destination);
        if (deadlock)
            _deadlocks.Add(1, _destination);
        process?.AddEvent(new ActivityEvent("retry", tags: new() { { "error.type", errorType }, { "exception.message", exception.Message }, { "moviefriends.attempt", attempt } }));
    }

    /// <summary>The database rejects the batch as a whole, and its halves are written one after the other.</summary>
    public static void Halved(Activity? process, Exception exception, string errorType) =>
        process?.AddEvent(new ActivityEvent("halved", tags: new() { { "error.type", errorType }, { "exception.message", exception.Message } }));

    public void Fenced(Activity? process)
    {
        _fenced.Add(1, _destination);
        Failed(process, "The ledger has moved.", "ledger_moved");
    }

    /// <summary>The batch is left unwritten, by this consumer or for the time being.</summary>
    public static void GivenUp(Activity? process, Exception exception)
    {
        if (process is { Status: not ActivityStatusCode.Error })
            Failed(process, exception is OperationCanceledException ? "Given up: the partition is left." : exception.Message, Neo4jTelemetry.ErrorType(exception));
    }

    public static void Failed(Activity? process, string reason, string errorType) =>
        process?.SetStatus(ActivityStatusCode.Error, reason).SetTag("error.type", errorType);

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    private Activity? StartProcess(TopicPartition partition, MessageBatch batch, ActivityContext parent)
    {
        var links = batch.Producers.Contexts.Select(context => new ActivityLink(context));
        var process = _source.StartActivity($"process {partition.Topic}", ActivityKind.Consumer, parent, links: links);
        Describe(process, "process", "process", partition, batch);
        return process;
    }

    private void Describe(Activity? activity, string operation, string type, TopicPartition partition, MessageBatch batch)
    {
        if (activity is not { IsAllDataRequested: true })
            return;

        Describe(activity, operation, type, partition);
        activity.SetTag("messaging.batch.message_count", batch.Count);
        activity.SetTag("moviefriends.offset.first", batch.FromOffset);
        activity.SetTag("moviefriends.offset.last", batch.NextOffset - 1);
    }

    private void Describe(Activity activity, string operation, string type, TopicPartition partition)
    {
        activity.SetTag("messaging.system", System);
        activity.SetTag("messaging.operation.name", operation);
        activity.SetTag("messaging.operation.type", type);
        activity.SetTag("messaging.destination.name", partition.Topic);
        activity.SetTag("messaging.destination.partition.id", partition.Partition.Value.ToString(CultureInfo.InvariantCulture));
        activity.SetTag("messaging.consumer.group.name", _options.GroupId);
    }

    private Histogram<double> Seconds(string name, string description) =>
        _meter.CreateHistogram<double>(name, "s", description, advice: new() { HistogramBucketBoundaries = s_seconds });
}
