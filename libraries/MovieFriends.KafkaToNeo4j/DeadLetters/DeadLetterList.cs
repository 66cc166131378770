using MovieFriends.KafkaToNeo4j.Batching;

namespace MovieFriends.KafkaToNeo4j.DeadLetters;

/// <summary>A message of a batch that does not become a row in the graph.</summary>
/// <param name="Message">Its index in the batch.</param>
/// <param name="Reason">The kind of error.</param>
/// <param name="Explanation">The error in one sentence.</param>
internal readonly record struct DeadLetter(int Message, string Reason, string Explanation);

/// <summary>The dead letters of one batch, in offset order.</summary>
internal sealed class DeadLetterList : IBatchMessages
{
    private readonly List<DeadLetter> _deadLetters = [];

    public DeadLetterList(MessageBatch batch)
    {
        Batch = batch;
        if (batch.Malformed == 0)
            return;

        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.Messages[i].Error is { } error)
                _deadLetters.Add(new DeadLetter(i, DeadLetterReasons.Malformed, error));
        }
    }

    public MessageBatch Batch { get; }

    public int Count => _deadLetters.Count;

    public IReadOnlyList<DeadLetter> InOffsetOrder()
    {
        _deadLetters.Sort(static (a, b) => a.Message.CompareTo(b.Message));
        return _deadLetters;
    }

    /// <inheritdoc/>
    int IBatchMessages.Count(Func<int, bool> isMeant)
    {
        var count = 0;
        foreach (var message in Batch.Messages)
            count += message.Row >= 0 && isMeant(message.Row) ? 1 : 0;
        return count;
    }

    /// <inheritdoc/>
    void IBatchMessages.DeadLetter(string reason, Func<int, string?> explain)
    {
        for (var i = 0; i < Batch.Count; i++)
        {
            if (Batch.Messages[i].Row is >= 0 and var row && explain(row) is { } explanation)
                _deadLetters.Add(new DeadLetter(i, reason, explanation));
        }
    }

    /// <summary>Adds the batch's only message, which the database rejects.</summary>
    public void AddRejected(string explanation) => _deadLetters.Add(new DeadLetter(0, DeadLetterReasons.Refused, explanation));
}
