using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Consumer.Lanes;

/// <summary>The lanes of the partitions that this consumer has now. Belongs to the poll thread.</summary>
internal sealed partial class LaneSet(
    Func<TopicPartition, Action<FatalException>, PartitionLane> create,
    StopCondition stop,
    ConsumerTelemetry telemetry,
    DatabaseHealth health,
    ServiceExit exit,
    IOptions<ConsumerOptions> options,
    ILogger<LaneSet> logger)
{
    private readonly Dictionary<int, PartitionLane> _lanes = [];

    public bool TryGet(int partition, [NotNullWhen(true)] out PartitionLane? lane) => _lanes.TryGetValue(partition, out lane);

    /// <summary>Whether another lane that is not paused has no full batch left, so that its writer may soon have nothing to do.</summary>
    public bool RunsDry(PartitionLane except)
    {
        foreach (var lane in _lanes.Values)
        {
            if (lane != except && !lane.IsPaused && !lane.Buffer.HasFullBatch)
                return true;
        }

        return false;
    }

    public void Add(List<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
            _lanes[partition.Partition.Value] = create(partition, Fail);

        stop.Assigned(_lanes.Keys);
        telemetry.Lags.Assigned(_lanes.Keys);
        foreach (var partition in partitions)
            _lanes[partition.Partition.Value].Start();
    }

    /// <summary>Stops the lanes of partitions that are taken away; waits, within bounds, for their transactions.</summary>
    public void Remove(List<TopicPartition> partitions)
    {
        var leaving = new List<PartitionLane>();
        foreach (var partition in partitions)
        {
            if (_lanes.Remove(partition.Partition.Value, out var lane))
                leaving.Add(lane);
        }

        if (leaving.Count == 0)
            return;

        // This thread may wait here: the group allows a member that leaves a partition to take its time.
        var ended = Task.WhenAll(leaving.Select(lane => lane.StopAsync(options.Value.LeaveTimeout))).GetAwaiter().GetResult();
        LogRevoked(logger, string.Join(", ", leaving.Select(lane => lane.Partition.Partition.Value)), ended.Count(e => !e));

        foreach (var lane in leaving)
            health.Forget(lane.Partition.Partition.Value);

        // A lane that is still busy disposes of nothing that it uses; the process is about to end, or the collector gets it.
        foreach (var lane in leaving.Where((_, i) => ended[i]))
            lane.Dispose();
        stop.Assigned(_lanes.Keys);
        telemetry.Lags.Assigned(_lanes.Keys);
    }

    public void RemoveAll() => Remove([.. _lanes.Values.Select(lane => lane.Partition)]);

    /// <summary>Lets a lane find its place again.</summary>
    public void Restart(TopicPartition partition)
    {
        Remove([partition]);
        Add([partition]);
    }

    private void Fail(FatalException exception)
    {
        LogFatal(logger, exception.Message);
        exit.Stop(ServiceRunner.Failed);
    }

    [LoggerMessage(LogLevel.Information, "Partitions given up: {Partitions}; {Abandoned} transactions had to be abandoned.")]
    private static partial void LogRevoked(ILogger logger, string partitions, int abandoned);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);
}
