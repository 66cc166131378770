using MovieFriends.KafkaToNeo4j.Ledger;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>What is known of an attempt that has failed.</summary>
/// <param name="Failure">What the failure says.</param>
/// <param name="Messages">How many messages the batch has.</param>
/// <param name="Rejections">How often the batch was rejected before.</param>
/// <param name="LooksUp">Whether batches are looked up before they are written.</param>
/// <param name="WasPrepared">Whether the attempt began while the batch before it was committed.</param>
internal readonly record struct FailedAttempt(BatchFailureKind Failure, int Messages, int Rejections = 0, bool LooksUp = false, bool WasPrepared = false);

/// <summary>What is to be done about a batch whose attempt has failed.</summary>
internal enum NextStep
{
    /// <summary>Try again at once.</summary>
    Retry,

    /// <summary>Try again at once, and look first which rows the graph has.</summary>
    LookUp,

    /// <summary>Write its halves, one after the other.</summary>
    Halve,

    /// <summary>Try again at once, with its only message as a dead letter.</summary>
    DeadLetter,

    /// <summary>Try again after a while.</summary>
    Wait,

    /// <summary>Ask the ledger whether it is in the graph already.</summary>
    AskLedger,

    /// <summary>Stop the service.</summary>
    Stop,
}

/// <summary>Decides what follows a failed attempt. Knows no server and keeps nothing.</summary>
internal static class BatchRetryPolicy
{
    public static NextStep Decide(in FailedAttempt attempt) => attempt.Failure switch
    {
        BatchFailureKind.Fatal => NextStep.Stop,
        BatchFailureKind.LedgerMoved => NextStep.AskLedger,

        // A row that was taken for new is known; or, with look-ups on, became known just now.
        BatchFailureKind.Rejected when attempt.Rejections == 0 || !attempt.LooksUp => NextStep.LookUp,

        // A prepared batch had to wait for the one before it, which says nothing about its own size.
        BatchFailureKind.TooLarge when attempt.WasPrepared => NextStep.Retry,
        BatchFailureKind.Rejected or BatchFailureKind.TooLarge when attempt.Messages > 1 => NextStep.Halve,
        BatchFailureKind.Rejected => NextStep.DeadLetter,
        _ => NextStep.Wait,
    };

    /// <summary>
    /// Whether a batch that is not the next one of its partition is in the graph. The answer to a commit can be lost with the connection: if the
    /// ledger stands where the batch ends, and it was this process that put it there, the commit did happen.
    /// </summary>
    /// <param name="nextOffset">Where the ledger stands once the batch is written.</param>
    /// <param name="reachedCommit">Whether one of its attempts got as far as its commit.</param>
    /// <param name="entry">Where the ledger stands.</param>
    /// <param name="owner">This process.</param>
    /// <param name="startedOver">How often the ledger had been started over when the batch's place was found: offsets of two topics may be equal.</param>
    public static bool IsCommitted(long nextOffset, bool reachedCommit, LedgerEntry? entry, string owner, long startedOver) =>
        reachedCommit && entry is { } ledger && (ledger.NextOffset, ledger.Owner, ledger.StartedOver) == (nextOffset, owner, startedOver);
}
