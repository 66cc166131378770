using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Bookkeeping;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>This consumer as a member of its group. Belongs to the poll thread.</summary>
internal sealed partial class ConsumerGroup(
    IConsumer<MessageBytes, MessageBytes> consumer,
    RebalanceEvents events,
    PartitionAssignment assignment,
    OffsetCommitter committer,
    KafkaHealth health,
    TopicSettings topic,
    StreamOptions options,
    ILogger<ConsumerGroup> logger)
{
    private static readonly TimeSpan s_leaveTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The topic that it reads.</summary>
    public string Topic => topic.Name;

    /// <summary>What it does, for the health of Kafka.</summary>
    public string Reading { get; } = $"reading topic {topic.Name} in group {options.GroupId}";

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
        var leaving = Task.Run(() =>
        {
            committer.Flush();
            consumer.Close();
        });
        try
        {
            if (!leaving.Wait(s_leaveTimeout))
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
