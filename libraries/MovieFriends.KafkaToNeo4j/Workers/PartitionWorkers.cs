using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>The workers of the partitions that this consumer has now. Belongs to the poll thread.</summary>
internal sealed partial class PartitionWorkers(
    Func<IAssignedPartition, Action<FatalException>, PartitionWorker> create,
    StopCondition stop,
    StreamTelemetry telemetry,
    DatabaseHealth health,
    StreamEnd end,
    StreamOptions options,
    IEngineThreads threads,
    ILogger<PartitionWorkers> logger)
{
    private readonly Dictionary<int, PartitionWorker> _workers = [];

    public void Start(IReadOnlyCollection<IAssignedPartition> partitions)
    {
        foreach (var partition in partitions)
            _workers[partition.Partition.Partition.Value] = create(partition, Fail);

        stop.Assigned(_workers.Keys);
        telemetry.Lags.Assigned(_workers.Keys);
        foreach (var partition in partitions)
            _workers[partition.Partition.Partition.Value].Start();
    }

    /// <summary>Stops the workers of partitions that are taken away; waits, within bounds, for their transactions.</summary>
    public void Stop(IReadOnlyCollection<IAssignedPartition> partitions)
    {
        var leaving = new List<PartitionWorker>();
        foreach (var partition in partitions)
        {
            if (_workers.Remove(partition.Partition.Partition.Value, out var worker))
                leaving.Add(worker);
        }

        if (leaving.Count == 0)
            return;

        // This thread may wait here: the group allows a member that leaves a partition to take its time.
        var stopping = Task.WhenAll(leaving.Select(worker => worker.StopAsync(options.LeaveTimeout)));
        threads.Wait(stopping, Timeout.InfiniteTimeSpan);
        var ended = stopping.Result;
        LogRevoked(logger, string.Join(", ", leaving.Select(worker => worker.Partition.Partition.Value)), ended.Count(e => !e));

        foreach (var worker in leaving)
            health.Forget(worker.Partition.Partition.Value);

        // A worker that is still busy disposes of nothing that it uses; the process is about to end, or garbage collection gets it.
        foreach (var worker in leaving.Where((_, i) => ended[i]))
            worker.Dispose();
        stop.Assigned(_workers.Keys);
        telemetry.Lags.Assigned(_workers.Keys);
    }

    private void Fail(FatalException exception)
    {
        LogFatal(logger, exception.Message);
        end.Fail();
    }

    [LoggerMessage(LogLevel.Information, "Partitions given up: {Partitions}; {Abandoned} transactions had to be abandoned.")]
    private static partial void LogRevoked(ILogger logger, string partitions, int abandoned);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);
}
