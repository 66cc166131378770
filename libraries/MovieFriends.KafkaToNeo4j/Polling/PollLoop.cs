using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>Kafka's client has stopped, as when its group does not let it in now. A new one may, later.</summary>
internal sealed class NewClientNeededException(ConsumeException inner) : Exception(inner.Error.Reason, inner)
{
    public ErrorCode Code => inner.Error.Code;
}

/// <summary>
/// What the one thread does that polls Kafka. It sorts messages into the buffers of their partitions and does nothing else that
/// takes time, so that the group sees it alive whatever the database does.
/// </summary>
internal sealed partial class PollLoop(
    IGroupConsumer consumer,
    ConsumerGroup group,
    PartitionAssignment assignment,
    MessageIntake intake,
    ReadRetries retries,
    PollCommands commands,
    KafkaHealth health,
    ILogger<PollLoop> logger)
{
    // Short enough for a seek or a resumption to be prompt; a message ends the wait at once.
    private static readonly TimeSpan s_pollTimeout = TimeSpan.FromMilliseconds(20);

    /// <summary>Polls once.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Step(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return false;

        health.ThrowIfRefused();
        assignment.ExecuteCommands();
        retries.Execute();
        Poll(cancellationToken);
        return true;
    }

    /// <summary>Gives up all partitions.</summary>
    public void End()
    {
        assignment.Clear();
        retries.Clear();
    }

    private void Poll(CancellationToken cancellationToken)
    {
        ConsumeResult<MessageBytes, MessageBytes>? polled;
        try
        {
            polled = consumer.Consume(s_pollTimeout);
        }
        catch (ConsumeException exception)
        {
            Recover(exception);
            return;
        }

        if (polled is null || !assignment.TryGet(polled.Partition.Value, out var partition))
            return;

        health.Working(group.Reading);
        var isFull = intake.Add(partition, polled);
        if (isFull && !partition.IsPaused && !GetsRoom(partition, cancellationToken))
            assignment.Pause(partition);
    }

    // A partition that pauses loses what the client has fetched of it, which is then fetched once more. So the database is waited for, as
    // long as no other partition stands still for it.
    private bool GetsRoom(PartitionState partition, CancellationToken cancellationToken) => commands.WaitForRoom(partition.Buffer, () =>
    {
        assignment.ExecuteCommands();
        return !assignment.RunsDry(partition) && !cancellationToken.IsCancellationRequested;
    });

    private void Recover(ConsumeException exception)
    {
        switch (exception.Error.Code)
        {
            // The messages from here on are gone. The partition's worker finds out how many, and what the policy says.
            case ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange:
                LogOutOfRange(logger, new TopicPartitionOffset(Partition(exception), exception.ConsumerRecord.Offset));
                assignment.Restart(Partition(exception));
                break;
            case ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition:
                LogNoTopic(logger, group.Topic);
                break;
            default:
                if (KafkaFailure.NeedsNewClient(exception.Error))
                    throw new NewClientNeededException(exception);
                if (exception.Error.IsFatal)
                    throw new FatalException(KafkaFailure.Explain(exception.Error, group.Reading), exception);
                LogPollFailed(logger, exception.Error.Reason);
                health.Failed(exception.Error, group.Reading);
                break;
        }
    }

    // The client is told to leave the topic's name out of what it returns.
    private TopicPartition Partition(ConsumeException exception) => new(group.Topic, exception.ConsumerRecord.Partition);

    [LoggerMessage(LogLevel.Warning, "The broker no longer has {Offset}.")]
    private static partial void LogOutOfRange(ILogger logger, TopicPartitionOffset offset);

    [LoggerMessage(LogLevel.Information, "Topic {Topic} does not exist yet.")]
    private static partial void LogNoTopic(ILogger logger, string topic);

    [LoggerMessage(LogLevel.Debug, "Polling failed and goes on: {Reason}")]
    private static partial void LogPollFailed(ILogger logger, string reason);
}
