namespace MovieFriends.Verifier.Positions;

/// <summary>Says what is wrong with the positions of a topic.</summary>
internal sealed partial class PositionReport(ILogger<PositionReport> logger)
{
    public void Write(TopicPositions positions)
    {
        foreach (var partition in positions.PastEnd)
            LogPastEnd(logger, positions.Topic, partition);
        foreach (var partition in positions.Partitions.Where(partition => partition.Gone > 0))
            LogGone(logger, partition.Gone, positions.Topic, partition.Partition, partition.Earliest - partition.Gone, partition.Earliest - 1);
        if (positions.Lag > 0)
            LogLag(logger, positions.Lag, positions.Topic);
    }

    [LoggerMessage(LogLevel.Error, "The graph's ledger of {Topic} partition {Partition} stands past the partition's end: the topic was deleted and created again, or has lost messages.")]
    private static partial void LogPastEnd(ILogger logger, string topic, int partition);

    [LoggerMessage(LogLevel.Error, "{Messages} messages of {Topic} partition {Partition} (offsets {From} to {To}) were deleted by retention before the consumer had read them: they are in no graph. A consumer with OnGap=Skip goes on without them; a longer retention keeps more.")]
    private static partial void LogGone(ILogger logger, long messages, string topic, int partition, long from, long to);

    [LoggerMessage(LogLevel.Error, "{Messages} messages of {Topic} are not in the graph yet. Is the consumer running?")]
    private static partial void LogLag(ILogger logger, long messages, string topic);
}
