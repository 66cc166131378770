namespace MovieFriends.Kafka;

/// <summary>Header names of a dead letter. Values are UTF-8 text.</summary>
public static class DeadLetterHeaders
{
    /// <summary>The topic the message came from.</summary>
    public const string SourceTopic = "source.topic";

    /// <summary>The partition the message came from, in decimal.</summary>
    public const string SourcePartition = "source.partition";

    /// <summary>The offset the message had, in decimal.</summary>
    public const string SourceOffset = "source.offset";

    /// <summary>The kind of error.</summary>
    public const string ErrorType = "error.type";

    /// <summary>
    /// Bytes of the original key and value, in decimal; only where the message was larger than the dead-letter topic takes and key and
    /// value are cut short. The whole message is in its source topic.
    /// </summary>
    public const string OriginalSize = "original.size";

    /// <summary>The error in one sentence.</summary>
    public const string ErrorMessage = "error.message";
}
