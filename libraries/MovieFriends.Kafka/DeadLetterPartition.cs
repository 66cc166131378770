namespace MovieFriends.Kafka;

/// <summary>Which partition of the dead-letter topic takes the dead letters of a partition of a topic.</summary>
public static class DeadLetterPartition
{
    /// <summary>One for each, so that the dead letters of a partition stay in order and are found again.</summary>
    /// <param name="source">The partition of the topic.</param>
    /// <param name="count">How many partitions the dead-letter topic has, at least 1.</param>
    public static int For(int source, int count) => source % count;
}
