using MovieFriends.Consumer.Batching;
using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.Consumer.DeadLetters;

/// <summary>A message of a batch that does not become a charge.</summary>
/// <param name="Message">Its index in the batch.</param>
/// <param name="Reason">One of <see cref="Contracts.Topics.DeadLetterReasons"/>.</param>
/// <param name="Explanation">The error in one sentence.</param>
internal readonly record struct DeadLetter(int Message, string Reason, string Explanation);

/// <summary>The dead letters of one batch, in offset order.</summary>
internal sealed class DeadLetterList
{
    private readonly List<DeadLetter> _deadLetters = [];

    public DeadLetterList(ChargeBatch batch)
    {
        Batch = batch;
        if (batch.Malformed == 0)
            return;

        for (var i = 0; i < batch.Count; i++)
        {
            var error = batch.Messages[i].Error;
            if (error != ChargeFormatError.None)
                _deadLetters.Add(new DeadLetter(i, DeadLetterReasons.Malformed, error.Describe()));
        }
    }

    public ChargeBatch Batch { get; }

    public int Count => _deadLetters.Count;

    public IReadOnlyList<DeadLetter> InOffsetOrder()
    {
        _deadLetters.Sort(static (a, b) => a.Message.CompareTo(b.Message));
        return _deadLetters;
    }

    /// <summary>How many messages are of these users.</summary>
    public int CountOf(HashSet<long> users)
    {
        var count = 0;
        foreach (var message in Batch.Messages)
            count += message.Row >= 0 && users.Contains(Batch.Charges.UserId(message.Row)) ? 1 : 0;
        return count;
    }

    /// <summary>Adds every message of these users, also those that a later message of the batch replaces.</summary>
    public void AddUnknownUsers(HashSet<long> users)
    {
        for (var i = 0; i < Batch.Count; i++)
        {
            var row = Batch.Messages[i].Row;
            if (row >= 0 && users.Contains(Batch.Charges.UserId(row)))
                _deadLetters.Add(new DeadLetter(i, DeadLetterReasons.UnknownUser, $"User {Batch.Charges.UserId(row)} is not in the graph."));
        }
    }

    /// <summary>Adds the batch's only message, which the database rejects.</summary>
    public void AddRejected(string explanation) => _deadLetters.Add(new DeadLetter(0, DeadLetterReasons.Refused, explanation));
}
