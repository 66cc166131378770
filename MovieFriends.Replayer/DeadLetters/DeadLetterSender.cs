using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>
/// Puts dead letters back. The messages and the marks that say so become visible in one Kafka transaction, so a crash at any
/// place leaves both or neither. Its calls block.
/// </summary>
internal sealed class DeadLetterSender(Lazy<IProducer<byte[], byte[]>> producer, TopicSettings topic)
{
    private const string NeedsTransactions = "A replay needs a broker with transactions: Kafka 0.11 or later, but for example not Azure Event Hubs in every tier. Without them, read the messages again that became dead letters, "
        + "once the reason is gone: 'rewind' with --to-offset or --to-time. Charges that are in the graph already are recognised, and dead letters that are in their topic are not sent again.";

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
            catch (KafkaRetriableException exception) when (KafkaFailure.Classify(exception.Error) != KafkaFailureKind.Refused)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    // A client that cannot tell the broker of a transaction's partitions says nothing, and gives the messages up in the end.
    private static string HintFor(Error error) =>
        error.Code is ErrorCode.Local_MsgTimedOut or ErrorCode.Local_TimedOut ? $" If it ends like this again, the broker has no transactions. {NeedsTransactions}" : string.Empty;

    private void Refusable(Action work)
    {
        try
        {
            work();
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch)
        {
            throw new FatalException($"Another replay of {topic.Name} has begun and goes on where this one was; this one ends.", exception);
        }
        catch (KafkaException exception) when (KafkaFailure.IsUnsupported(exception.Error))
        {
            throw new FatalException($"Kafka refuses (a transaction): {exception.Error.Reason.TrimEnd('.')}. {NeedsTransactions}", exception);
        }
        catch (KafkaException exception)
        {
            throw new FatalException($"{KafkaFailure.Explain(exception.Error, "putting dead letters back")} Run the replay again: it goes on where this one ends, and puts nothing back twice.{HintFor(exception.Error)}", exception);
        }
    }
}
