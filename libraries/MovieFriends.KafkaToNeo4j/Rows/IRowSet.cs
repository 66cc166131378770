namespace MovieFriends.KafkaToNeo4j;

/// <summary>
/// The rows of one batch, as its transaction writes them. Filled by the thread that polls, then written by a worker, then cleared and used again:
/// who keeps its memory makes no garbage.
/// </summary>
public interface IRowSet
{
    /// <summary>How many rows there are.</summary>
    int Count { get; }

    /// <summary>Adds a message. Messages come in the order of their offsets; those that say something of the same thing may share a row.</summary>
    /// <param name="message">The message; valid only during the call.</param>
    RowResult Add(in ReceivedMessage message);

    /// <summary>Forgets all rows.</summary>
    void Clear();
}
