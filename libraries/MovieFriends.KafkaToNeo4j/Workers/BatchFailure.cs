using Confluent.Kafka;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>What a failure says about the batch that was to be written.</summary>
internal enum BatchFailureKind
{
    /// <summary>Nothing: a server is away, or busy with something else.</summary>
    Transient,

    /// <summary>It is too much for one transaction.</summary>
    TooLarge,

    /// <summary>The database rejects one of its rows.</summary>
    Rejected,

    /// <summary>It is not the next one of its partition: another owner has moved the ledger, or the answer to our own commit was lost.</summary>
    LedgerMoved,

    /// <summary>No repetition mends it.</summary>
    Fatal,
}

/// <summary>Sorts what can go wrong while a batch is written: the database's failures, and those of sending dead letters.</summary>
internal static class BatchFailure
{
    public static BatchFailureKind Classify(Exception exception) => exception switch
    {
        LedgerMovedException => BatchFailureKind.LedgerMoved,
        RowRejectedException => BatchFailureKind.Rejected,
        KafkaException { Error.IsFatal: true } => BatchFailureKind.Fatal,

        // The broker of the dead letters is away; the batch waits for it, as it would for the database.
        KafkaException => BatchFailureKind.Transient,

        // Nobody asked for an end: a time-out inside a client.
        OperationCanceledException => BatchFailureKind.Transient,
        _ => GraphFailure.Classify(exception) switch
        {
            GraphFailureKind.Transient => BatchFailureKind.Transient,
            GraphFailureKind.TooLarge => BatchFailureKind.TooLarge,
            GraphFailureKind.Rejected => BatchFailureKind.Rejected,
            GraphFailureKind.Fatal => BatchFailureKind.Fatal,
            var other => throw new InvalidOperationException($"A failure of the kind {other} has no meaning for a batch."),
        },
    };

    /// <summary>A fatal failure in one line, with the way out where there is one.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="graph">The name of the graph below <c>ConnectionStrings</c>.</param>
    public static string Describe(Exception exception, string graph) => exception is KafkaException kafka
        ? KafkaFailure.Explain(kafka.Error, "sending dead letters")
        : GraphFailure.Describe(exception, graph);

    /// <summary>A transient failure in one line.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="graph">The name of the graph below <c>ConnectionStrings</c>.</param>
    public static string Explain(Exception exception, string graph) => exception is KafkaException kafka
        ? $"Kafka does not take its dead letters ({kafka.Error.Reason})."
        : GraphFailure.Explain(exception, graph);
}
