using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Batching;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.Consumer.DeadLetters;

/// <summary>
/// Sends dead letters and waits until the broker has them. That is before the commit of their batch: after a crash in
/// between a letter may be there twice, with the same source headers, but none is ever lost.
/// </summary>
internal sealed partial class DeadLetterPublisher(
    Lazy<IProducer<byte[], byte[]>> producer,
    IOptions<TopicOptions> topics,
    ILogger<DeadLetterPublisher> logger)
{
    public async Task SendAsync(int partition, DeadLetterList letters, CancellationToken cancellationToken)
    {
        if (letters.Count == 0 || letters.Batch.DeadLettersSent)
            return;

        // All are on their way before the first is waited for; one partition and the producer's own order keep them in offset order.
        var deliveries = new List<Task>(letters.Count);
        foreach (var letter in letters.InOffsetOrder())
        {
            var source = letters.Batch.Messages[letter.Message];
            deliveries.Add(producer.Value.ProduceAsync(topics.Value.DeadLetters, Create(partition, letters.Batch, letter), cancellationToken));
            LogDeadLetter(logger, topics.Value.Charges, partition, source.Offset, letter.Reason, letter.Explanation);
        }

        await Task.WhenAll(deliveries);
        letters.Batch.DeadLettersSent = true;
    }

    private Message<byte[], byte[]> Create(int partition, ChargeBatch batch, DeadLetter letter)
    {
        var source = batch.Messages[letter.Message];
        var message = new Message<byte[], byte[]> { Key = batch.KeyOf(source).ToArray(), Value = batch.ValueOf(source).ToArray() };
        if (topics.Value.Headers)
        {
            message.Headers = new Headers
            {
                { DeadLetterHeaders.SourceTopic, Encoding.UTF8.GetBytes(topics.Value.Charges) },
                { DeadLetterHeaders.SourcePartition, Encoding.UTF8.GetBytes(partition.ToString(CultureInfo.InvariantCulture)) },
                { DeadLetterHeaders.SourceOffset, Encoding.UTF8.GetBytes(source.Offset.ToString(CultureInfo.InvariantCulture)) },
                { DeadLetterHeaders.ErrorType, Encoding.UTF8.GetBytes(letter.Reason) },
                { DeadLetterHeaders.ErrorMessage, Encoding.UTF8.GetBytes(letter.Explanation) },
            };
        }

        return message;
    }

    [LoggerMessage(LogLevel.Warning, "Dead letter: {Topic} partition {Partition} offset {Offset}: {Reason}: {Explanation}")]
    private static partial void LogDeadLetter(ILogger logger, string topic, int partition, long offset, string reason, string explanation);
}
