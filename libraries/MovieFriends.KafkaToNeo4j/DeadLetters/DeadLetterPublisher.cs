using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.DeadLetters;

/// <summary>
/// Sends dead letters and waits until the broker has them, before the commit of their batch, so that none is ever lost.
/// What is on its way is not given up: a batch that is tried again waits for the same delivery.
/// </summary>
internal sealed partial class DeadLetterPublisher(
    IBrokerClient broker,
    DeadLetterTail tail,
    KafkaHealth health,
    TopicSettings topic,
    TimeProvider time,
    ILogger<DeadLetterPublisher> logger)
{
    // A transaction is open meanwhile; when this is over it is given up, and tried again later.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>Brings the dead letters of a batch into their topic.</summary>
    /// <returns>Where dead letters of later messages can begin; null if there are none.</returns>
    /// <exception cref="KafkaException">The broker does not take them.</exception>
    /// <exception cref="TimeoutException">The broker has not confirmed them in time.</exception>
    /// <exception cref="FatalException">The broker has refused them for too long.</exception>
    public async Task<long?> SendAsync(int partition, DeadLetterList deadLetters, PendingDeadLetters pending, CancellationToken cancellationToken)
    {
        if (deadLetters.Count == 0)
            return null;

        var what = $"sending dead letters to topic {topic.DeadLetters}";
        try
        {
            var end = await SendAllAsync(partition, deadLetters, pending, cancellationToken);
            health.Working(what);
            return end;
        }
        catch (KafkaException exception) when (KafkaFailure.Classify(exception.Error) == KafkaFailureKind.Refused && !exception.Error.IsFatal)
        {
            health.Failed(exception.Error, what);
            throw;
        }
    }

    private async Task<long> SendAllAsync(int partition, DeadLetterList deadLetters, PendingDeadLetters pending, CancellationToken cancellationToken)
    {
        await LookAgainAsync(partition, deadLetters, pending).WaitAsync(s_timeout, time, cancellationToken);

        // All are on their way before the first is waited for; one partition and the producer's own order keep them in offset order.
        var target = tail.PartitionFor(partition);
        var deliveries = new List<Task<long>>(deadLetters.Count);
        foreach (var deadLetter in deadLetters.InOffsetOrder())
            deliveries.Add(Send(target, partition, deadLetters.Batch, deadLetter, pending));

        var offsets = await Task.WhenAll(deliveries).WaitAsync(s_timeout, time, cancellationToken);
        foreach (var offset in offsets)
            pending.Stored(offset);
        return pending.EarliestFrom(deadLetters.Batch.NextOffset, offsets.Max() + 1);
    }

    // A consumer that the group has given up, and that does not know it, may have had the ledger since its dead letters were looked for, and have sent
    // more in a transaction that came to nothing. Nobody sends any now: the ledger is held.
    private async Task LookAgainAsync(int partition, DeadLetterList deadLetters, PendingDeadLetters pending)
    {
        if (!topic.Headers || pending.KnownUpTo is not { } known || deadLetters.InOffsetOrder().All(IsThere))
            return;
        if (await tail.EndAsync(partition) == known)
            return;

        var (found, end) = await tail.FindAsync(partition, deadLetters.Batch.FromOffset, known);
        pending.Found(found, end);

        bool IsThere(DeadLetter deadLetter)
        {
            var source = deadLetters.Batch.Messages[deadLetter.Message];
            return pending.TryGet(source.Offset, deadLetters.Batch.KeyOf(source), deadLetters.Batch.ValueOf(source), out _);
        }
    }

    private Task<long> Send(TopicPartition target, int partition, MessageBatch batch, DeadLetter deadLetter, PendingDeadLetters pending)
    {
        var source = batch.Messages[deadLetter.Message];
        var key = batch.KeyOf(source);
        var value = batch.ValueOf(source);
        if (pending.TryGet(source.Offset, key, value, out var delivery))
            return delivery;

        LogDeadLetter(logger, topic.Name, partition, source.Offset, deadLetter.Reason, deadLetter.Explanation);
        delivery = DeliverAsync(target, Create(partition, source.Offset, deadLetter, ToArray(key), ToArray(value)));
        pending.Add(source.Offset, delivery);
        return delivery;
    }

    private async Task<long> DeliverAsync(TopicPartition target, Message<byte[], byte[]> message)
    {
        try
        {
            return await broker.ProduceAsync(target, message);
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge)
        {
            return await broker.ProduceAsync(target, Shorten(message));
        }
    }

    private static Message<byte[], byte[]> Shorten(Message<byte[], byte[]> message)
    {
        var size = (message.Key?.Length ?? 0) + (message.Value?.Length ?? 0);
        message.Headers?.Add(DeadLetterHeaders.OriginalSize, Encoding.UTF8.GetBytes(size.ToString(CultureInfo.InvariantCulture)));
        return new Message<byte[], byte[]> { Key = Cut(message.Key)!, Value = Cut(message.Value)!, Headers = message.Headers };

        static byte[]? Cut(byte[]? bytes) => bytes?.Length > FoundDeadLetter.KeptBytes ? bytes[..FoundDeadLetter.KeptBytes] : bytes;
    }

    private Message<byte[], byte[]> Create(int partition, long offset, DeadLetter deadLetter, byte[]? key, byte[]? value)
    {
        // A message may have no key, or no value.
        var message = new Message<byte[], byte[]> { Key = key!, Value = value! };
        if (topic.Headers)
        {
            message.Headers = new Headers
            {
                { DeadLetterHeaders.SourceTopic, Encoding.UTF8.GetBytes(topic.Name) },
                { DeadLetterHeaders.SourcePartition, Encoding.UTF8.GetBytes(partition.ToString(CultureInfo.InvariantCulture)) },
                { DeadLetterHeaders.SourceOffset, Encoding.UTF8.GetBytes(offset.ToString(CultureInfo.InvariantCulture)) },
                { DeadLetterHeaders.ErrorType, Encoding.UTF8.GetBytes(deadLetter.Reason) },
                { DeadLetterHeaders.ErrorMessage, Encoding.UTF8.GetBytes(deadLetter.Explanation) },
            };
        }

        return message;
    }

    private static byte[]? ToArray(ReadOnlySpan<byte> bytes) => ReceivedMessage.IsAbsent(bytes) ? null : bytes.ToArray();

    [LoggerMessage(LogLevel.Warning, "Dead letter: {Topic} partition {Partition} offset {Offset}: {Reason}: {Explanation}")]
    private static partial void LogDeadLetter(ILogger logger, string topic, int partition, long offset, string reason, string explanation);
}
