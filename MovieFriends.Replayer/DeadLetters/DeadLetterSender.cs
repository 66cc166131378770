using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Topics;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>
/// Puts dead letters back. The messages and the marks that say so become visible in one Kafka transaction, so a crash at any
/// place leaves both or neither. Its calls block.
/// </summary>
internal sealed class DeadLetterSender(Lazy<IProducer<byte[], byte[]>> producer, IOptions<TopicOptions> topics)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Shuts out an earlier replay of the topic that is still at work; its open transaction is undone. What it has put
    /// back is visible from now on, so the dead-letter topic must be read after this.
    /// </summary>
    /// <exception cref="FatalException">Kafka refuses.</exception>
    public void Open(CancellationToken cancellationToken) => Refusable(() => Repeat(() => producer.Value.InitTransactions(s_timeout), cancellationToken));

    /// <summary>Sends a batch in one transaction.</summary>
    /// <exception cref="FatalException">Another replay has begun, or Kafka refuses; the batch was not put back.</exception>
    public void Send(DeadLetterBatch batch, CancellationToken cancellationToken) => Refusable(() =>
    {
        producer.Value.BeginTransaction();
        try
        {
            foreach (var (partition, message) in batch.Messages)
                producer.Value.Produce(partition, message);
            Repeat(() => producer.Value.CommitTransaction(s_timeout), cancellationToken);
        }
        catch (KafkaException exception) when (!exception.Error.IsFatal)
        {
            producer.Value.AbortTransaction(s_timeout);
            throw;
        }
    });

    // What was asked of the broker is under way, and asking again only means to go on waiting for it.
    private static void Repeat(Action work, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            try
            {
                work();
                return;
            }
            catch (KafkaRetriableException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private void Refusable(Action work)
    {
        try
        {
            work();
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch)
        {
            throw new FatalException($"Another replay of {topics.Value.Charges} has begun and goes on where this one was; this one ends.", exception);
        }
        catch (KafkaException exception)
        {
            throw new FatalException($"{KafkaFailure.Explain(exception.Error, "putting dead letters back")} Run the replay again: it goes on where this one ends, and puts nothing back twice.", exception);
        }
    }
}
