using System.Diagnostics;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>A batch, or a part of one, on its way into the graph, and what its attempts have come to so far.</summary>
internal sealed class PendingBatch(MessageBatch batch, PendingBatch? whole = null)
{
    private PendingBatch? _otherHalf;

    public MessageBatch Batch => batch;

    /// <summary>What it is a half of, if it is written by itself because the whole could not be.</summary>
    public PendingBatch? Whole => whole;

    /// <summary>The batch as it was taken: itself, or what it is a part of.</summary>
    public PendingBatch Taken => whole?.Taken ?? this;

    /// <summary>When it was begun, as a timestamp; null if it was not.</summary>
    public long? Started { get; set; }

    /// <summary>The span of its processing.</summary>
    public Activity? Span { get; set; }

    /// <summary>Its rows in an open transaction, if it is prepared.</summary>
    public PreparedBatch? Prepared { get; set; }

    /// <summary>The number of the attempt, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>How many attempts had to wait for something that passes.</summary>
    public int Waits { get; set; }

    /// <summary>How often the database has rejected it.</summary>
    public int Rejections { get; set; }

    /// <summary>Why its only message becomes a dead letter; null if it does not.</summary>
    public string? Rejection { get; set; }

    /// <summary>What the last transaction did that got as far as its commit, so that it is known even if the answer is lost.</summary>
    public BatchOutcome? LastOutcome { get; set; }

    /// <summary>Whether its next attempt goes on with a transaction that is open already.</summary>
    public bool IsPrepared => Attempt == 1 && Prepared is { IsRolledBack: false };

    /// <summary>Cuts it in two.</summary>
    /// <returns>The half that is to be written first; the other one follows it.</returns>
    /// <exception cref="TimeoutException">Its messages, once read, cannot be read again now.</exception>
    public PendingBatch Halve()
    {
        var (first, second) = batch.Split();
        return new PendingBatch(first, this) { _otherHalf = new PendingBatch(second, this) };
    }

    /// <summary>Ends it: it is in the graph.</summary>
    /// <returns>The part that is to be written next; null if everything that was taken is in the graph.</returns>
    public PendingBatch? Complete()
    {
        Span?.Dispose();
        return _otherHalf ?? whole?.Complete();
    }

    /// <summary>Ends it, and what it is a part of: it is not written here.</summary>
    /// <param name="failure">Why, if that was not said yet.</param>
    public void GiveUp(Exception? failure)
    {
        if (failure is not null)
            StreamTelemetry.GivenUp(Span, failure);
        Span?.Dispose();
        whole?.GiveUp(failure);
    }
}
