using Confluent.Kafka;
using MovieFriends.Neo4j;

namespace MovieFriends.Consumer.Lanes;

/// <summary>Sorts what can go wrong while a batch is written: the database's failures, and those of sending dead letters.</summary>
internal static class BatchFailure
{
    public static GraphFailureKind Classify(Exception exception) => exception switch
    {
        KafkaException { Error.IsFatal: true } => GraphFailureKind.Fatal,

        // The broker of the dead letters is away; the batch waits for it, as it would for the database.
        KafkaException => GraphFailureKind.Transient,

        // Nobody asked for an end: a time-out inside a client.
        OperationCanceledException => GraphFailureKind.Transient,
        _ => GraphFailure.Classify(exception),
    };

    /// <summary>A transient failure in one line.</summary>
    public static string Explain(Exception exception) => exception is KafkaException kafka
        ? $"Kafka does not take its dead letters ({kafka.Error.Reason})."
        : GraphFailure.Explain(exception);
}
