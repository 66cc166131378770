using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Lanes;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Consumer.Polling;

/// <summary>
/// The one thread that polls Kafka. It sorts messages into the lanes of their partitions and does nothing else that
/// takes time, so that the group sees it alive whatever the database does. The hot path allocates nothing of its own
/// per message.
/// </summary>
internal sealed partial class PollLoop(
    IConsumer<MessageBytes, MessageBytes> consumer,
    ScratchBytes scratch,
    RebalanceEvents events,
    LaneSet lanes,
    PollCommands commands,
    OffsetCommitter committer,
    StopCondition stop,
    ConsumerStatistics statistics,
    ConsumerTelemetry telemetry,
    KafkaHealth health,
    IOptions<TopicOptions> topics,
    IOptions<ConsumerOptions> options,
    TimeProvider time,
    ILogger<PollLoop> logger)
{
    // Short enough for a seek or a resumption to be prompt; a message ends the wait at once.
    private static readonly TimeSpan s_pollTimeout = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan s_leavePatience = TimeSpan.FromSeconds(5);

    private readonly string _reading = $"reading topic {topics.Value.Charges} in group {options.Value.GroupId}";

    /// <summary>Polls until cancelled, then leaves the group in order.</summary>
    /// <param name="beforeLeaving">Ends whoever else asks the broker, before the clients go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public void Run(Action beforeLeaving, CancellationToken cancellationToken)
    {
        events.Assigned = Assign;
        events.Revoked = Revoke;
        events.Lost = partitions => lanes.Remove(partitions.ConvertAll(p => p.TopicPartition));
        events.Failed = health.Failed;
        consumer.Subscribe(topics.Value.Charges);
        statistics.FirstPoll();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                health.ThrowIfRefused();
                Obey();
                Poll(cancellationToken);
            }
        }
        finally
        {
            lanes.RemoveAll();
            beforeLeaving();
            Leave();
        }
    }

    // The ledger is right already. What is left is courtesy towards the group, and no reason to stay if Kafka does not answer.
    private void Leave()
    {
        var leaving = Task.Run(() =>
        {
            committer.Flush();
            consumer.Close();
        });
        try
        {
            if (!leaving.Wait(s_leavePatience))
                LogNotLeft(logger, s_leavePatience.TotalSeconds);
        }
        catch (AggregateException exception) when (exception.InnerException is KafkaException failure)
        {
            LogLeaveFailed(logger, failure.Error.Reason);
        }
    }

    private List<TopicPartitionOffset> Assign(List<TopicPartition> partitions)
    {
        health.Working(_reading);
        LogAssigned(logger, string.Join(", ", partitions.Select(p => p.Partition.Value)));
        lanes.Add(partitions);

        // The ledger says where each starts, and a lane asks it without holding up this thread. Until then: nothing.
        return partitions.ConvertAll(p => new TopicPartitionOffset(p, Offset.End));
    }

    private void Revoke(List<TopicPartitionOffset> partitions)
    {
        lanes.Remove(partitions.ConvertAll(p => p.TopicPartition));
        committer.Flush();
    }

    private void Poll(CancellationToken cancellationToken)
    {
        ConsumeResult<MessageBytes, MessageBytes>? result;
        try
        {
            result = consumer.Consume(s_pollTimeout);
        }
        catch (ConsumeException exception)
        {
            Recover(exception);
            return;
        }

        if (result is null || !lanes.TryGet(result.Partition.Value, out var lane))
            return;

        health.Working(_reading);
        lane.IsFetched = true;
        if (result.IsPartitionEOF)
        {
            // What was not accepted lies between the buffer and the end, and must not be passed over.
            if (!lane.HasRefused)
                lane.Buffer.SkipTo(result.Offset.Value, time.GetUtcNow());
            return;
        }

        var offset = result.Offset.Value;
        if (!lane.Buffer.Wants(offset))
            return;
        if (!stop.Accept(result.Partition.Value, offset))
        {
            lane.HasRefused = true;
            return;
        }

        var full = lane.Buffer.Add(offset, scratch.Key.Read(result.Message.Key), scratch.Value.Read(result.Message.Value), TraceParent(result.Message), time.GetUtcNow());
        if (full && !lane.IsPaused && !GetsRoom(lane, cancellationToken))
        {
            consumer.Pause([lane.Partition]);
            lane.IsPaused = true;
        }
    }

    // A partition that pauses loses what the client has fetched of it, which is then fetched once more. So the database is waited for, as
    // long as no other partition stands still for it.
    private bool GetsRoom(PartitionLane lane, CancellationToken cancellationToken) => commands.WaitForRoom(lane.Buffer, () =>
    {
        Obey();
        return !lanes.RunsDry(lane) && !cancellationToken.IsCancellationRequested;
    });

    private byte[]? TraceParent(Message<MessageBytes, MessageBytes> message) =>
        telemetry.IsTracing && message.Headers is { } headers && headers.TryGetLastBytes(TraceHeaders.TraceParent, out var value) ? value : null;

    private void Obey()
    {
        List<PollCommands.Command>? later = null;
        while (commands.TryTake(out var command))
        {
            if (!command.Lane.IsStopped && !TryObey(command))
                (later ??= []).Add(command);
        }

        // Once more after a poll.
        later?.ForEach(commands.Repeat);
    }

    // Before the client has fetched anything it may still be asking where the partition ends, as it was assigned there. When it hears of that after a
    // seek, it asks once more, begins at the end after all, and everything before is passed over without a word (rd_kafka_toppar_handle_Offset).
    private bool TryObey(PollCommands.Command command)
    {
        var lane = command.Lane;
        try
        {
            if (command.Offset is { } offset)
            {
                if (!lane.IsFetched)
                    return false;
                consumer.Seek(new TopicPartitionOffset(lane.Partition, offset));
                lane.Buffer.Reset(offset);
                lane.HasRefused = false;
            }

            if (lane.IsPaused)
                Resume(lane, command.Offset is null);
            return true;
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_State or ErrorCode.Local_TimedOut)
        {
            // The client does not fetch the partition now.
            return false;
        }
    }

    private void Resume(PartitionLane lane, bool inPlace)
    {
        consumer.Resume([lane.Partition]);
        lane.IsPaused = false;

        // The client notices a resumption when something else wakes its broker thread, up to a second later; a seek wakes it.
        if (inPlace && lane.Buffer.Position is var position and >= 0)
            consumer.Seek(new TopicPartitionOffset(lane.Partition, position));
    }

    private void Recover(ConsumeException exception)
    {
        switch (exception.Error.Code)
        {
            // The messages from here on are gone. The lane finds out how many, and what the policy says.
            case ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange:
                LogOutOfRange(logger, new TopicPartitionOffset(Partition(exception), exception.ConsumerRecord.Offset));
                TakeUpAgain(Partition(exception));
                lanes.Restart(Partition(exception));
                break;
            case ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition:
                LogNoTopic(logger, topics.Value.Charges);
                break;
            case ErrorCode.UnreleasedInstanceId:
                throw new InstanceIdInUseException(exception);
            default:
                if (exception.Error.IsFatal)
                    throw new FatalException($"Kafka refuses this consumer: {exception.Error.Reason}", exception);
                LogPollFailed(logger, exception.Error.Reason);
                health.Failed(exception.Error, _reading);
                break;
        }
    }

    // The client is told to leave the topic's name out of what it returns.
    private TopicPartition Partition(ConsumeException exception) => new(topics.Value.Charges, exception.ConsumerRecord.Partition);

    // The client fetches a partition no more once it has told of this, whatever it is asked to seek, unless it is assigned anew.
    private void TakeUpAgain(TopicPartition partition)
    {
        consumer.IncrementalUnassign([partition]);
        consumer.IncrementalAssign([new TopicPartitionOffset(partition, Offset.End)]);
    }

    [LoggerMessage(LogLevel.Information, "Partitions assigned: {Partitions}")]
    private static partial void LogAssigned(ILogger logger, string partitions);

    [LoggerMessage(LogLevel.Warning, "The broker no longer has {Offset}.")]
    private static partial void LogOutOfRange(ILogger logger, TopicPartitionOffset offset);

    [LoggerMessage(LogLevel.Information, "Topic {Topic} does not exist yet.")]
    private static partial void LogNoTopic(ILogger logger, string topic);

    [LoggerMessage(LogLevel.Warning, "Kafka has not confirmed within {Seconds} s that this consumer has left its group; the group will miss it when its session ends.")]
    private static partial void LogNotLeft(ILogger logger, double seconds);

    [LoggerMessage(LogLevel.Warning, "The group was not left in order, and will miss this consumer when its session ends: {Reason}")]
    private static partial void LogLeaveFailed(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "Polling failed and goes on: {Reason}")]
    private static partial void LogPollFailed(ILogger logger, string reason);
}
