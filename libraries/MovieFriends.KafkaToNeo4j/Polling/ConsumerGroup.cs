using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>This consumer as a member of its group. Belongs to the poll thread.</summary>
internal sealed partial class ConsumerGroup(
    IGroupConsumer consumer,
    RebalanceEvents events,
    PartitionAssignment assignment,
    OffsetCommitter committer,
    KafkaHealth health,
    StreamSettings stream,
    IEngineThreads threads,
    ILogger<ConsumerGroup> logger)
{
    private static readonly TimeSpan s_leaveTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The topic that it reads.</summary>
    public string Topic => stream.Topic.Name;

    /// <summary>What it does, for the health of Kafka.</summary>
    public string Reading { get; } = $"reading topic {stream.Topic.Name} in group {stream.Options.GroupId}";

    /// <summary>Is over when the client's last call is.</summary>
    public Task Leaving { get; private set; } = Task.CompletedTask;

    /// <summary>Joins the group. From here on partitions come and go while the consumer polls.</summary>
    public void Join()
    {
        events.Assigned = partitions =>
        {
            health.Working(Reading);
            return assignment.Assign(partitions);
        };
        events.Revoked = assignment.Revoke;
        events.Lost = assignment.Lose;
        events.Failed = health.Failed;
        consumer.Subscribe(Topic);
    }

    /// <summary>
    /// Leaves the group in order. The ledger is right already: what is left is courtesy towards the group, and no reason to stay if Kafka does not answer.
    /// </summary>
    public void Leave()
    {
        var leaving = threads.CallAsync(() =>
        {
            committer.Flush();
            consumer.Close();
            return true;
        });
        Leaving = leaving;
        try
        {
            if (!threads.Wait(leaving, s_leaveTimeout))
                LogNotLeft(logger, s_leaveTimeout.TotalSeconds);
        }
        catch (AggregateException exception) when (exception.InnerException is KafkaException failure)
        {
            LogLeaveFailed(logger, failure.Error.Reason);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Kafka has not confirmed within {Seconds} s that this consumer has left its group; the group will miss it when its session ends.")]
    private static partial void LogNotLeft(ILogger logger, double seconds);

    [LoggerMessage(LogLevel.Warning, "The group was not left in order, and will miss this consumer when its session ends: {Reason}")]
    private static partial void LogLeaveFailed(ILogger logger, string reason);
}
