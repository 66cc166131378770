using System.Diagnostics;
using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Bookkeeping;

/// <summary>
/// Tells Kafka which offsets are settled, so that lag tools and autoscalers see it. Nothing depends on it: the truth is
/// in the ledger. What is settled while a request is under way, or soon after one, goes into the next, so that workers
/// never wait and the broker has little to do.
/// </summary>
/// <param name="commit">Commits offsets to Kafka, as the client does.</param>
/// <param name="telemetry">Makes a span of each request.</param>
/// <param name="time">What time it is.</param>
/// <param name="logger">Hears of requests that failed.</param>
internal sealed partial class OffsetCommitter(
    Action<IEnumerable<TopicPartitionOffset>> commit,
    StreamTelemetry telemetry,
    TimeProvider time,
    ILogger<OffsetCommitter> logger)
{
    // Each request is a record in a topic of the broker's; a lag that is so much older misleads nobody.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly Channel<(TopicPartitionOffset Offset, ActivityContext Process)> _settled =
        Channel.CreateUnbounded<(TopicPartitionOffset, ActivityContext)>();

    private readonly Lock _lock = new();
    private TaskCompletionSource<bool>? _pausing;
    private volatile bool _isComplete;

    public void Settled(TopicPartitionOffset offset, ActivityContext process) => _settled.Writer.TryWrite((offset, process));

    /// <summary>Commits what is settled, until <see cref="Complete"/>.</summary>
    public async Task RunAsync()
    {
        while (await _settled.Reader.WaitToReadAsync())
        {
            Flush();
            await PauseAsync();
        }
    }

    /// <summary>Commits what is settled by now; before partitions are given up, so that their next owner's lag is right.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            var waiting = new List<(TopicPartitionOffset Offset, ActivityContext Process)>();
            while (_settled.Reader.TryRead(out var settled))
                waiting.Add(settled);
            if (waiting.Count > 0)
                Commit(waiting);
        }
    }

    public void Complete()
    {
        _settled.Writer.TryComplete();
        _isComplete = true;
        Volatile.Read(ref _pausing)?.TrySetResult(true);
    }

    private async Task PauseAsync()
    {
        var pause = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _pausing, pause);
        if (!_isComplete)
            await pause.WaitAsync(s_pause, time);
    }

    private void Commit(List<(TopicPartitionOffset Offset, ActivityContext Process)> waiting)
    {
        using var spans = telemetry.StartCommits(waiting);
        try
        {
            commit(waiting
                .GroupBy(w => w.Offset.TopicPartition)
                .Select(g => new TopicPartitionOffset(g.Key, g.Max(w => w.Offset.Offset.Value))));
        }
        catch (KafkaException exception)
        {
            // A rebalance is under way, or the broker is away; the next commit says it all again.
            LogNotCommitted(logger, exception.Error.Reason);
            spans.Failed(exception.Error);
        }
#pragma warning disable CA1031 // The batches are in the graph: a client that is closed, or that says something unheard of, must not end the workers or the committer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotCommitted(logger, exception.Message);
            spans.Failed(new Error(ErrorCode.Local_Fail, exception.Message));
        }
    }

    [LoggerMessage(LogLevel.Debug, "Offsets were not committed to Kafka, which costs nothing: {Reason}")]
    private static partial void LogNotCommitted(ILogger logger, string reason);
}
