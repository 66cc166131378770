namespace MovieFriends.Kafka;

/// <summary>
/// Header names of the note that a replay leaves in a partition of the dead-letter topic: the dead letters of a topic and an
/// error type that come before an offset of that partition are back in their topic. Values are UTF-8 text. The note is
/// written in the transaction that puts the dead letters back, and outlives them, because it comes after them. It is no
/// dead letter and has none of <see cref="DeadLetterHeaders"/>.
/// </summary>
public static class ReplayHeaders
{
    /// <summary>The topic whose dead letters were put back.</summary>
    public const string Topic = "replay.topic";

    /// <summary>Their kind of error.</summary>
    public const string ErrorType = "replay.error.type";

    /// <summary>The offset, in decimal, of the first dead letter of this partition that may not have been put back yet.</summary>
    public const string NextOffset = "replay.next.offset";
}
