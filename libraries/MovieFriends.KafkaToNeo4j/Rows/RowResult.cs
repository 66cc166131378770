namespace MovieFriends.KafkaToNeo4j;

/// <summary>What became of a message that was added to rows.</summary>
public readonly record struct RowResult
{
    private RowResult(int row, double eventTime, string? error, string? missing = null) => (Row, EventTime, Error, Missing) = (row, eventTime, error, missing);

    /// <summary>The index of the row that the message is in; -1 if it is in none.</summary>
    public int Row { get; }

    /// <summary>When the event happened, in seconds since 1970; not a number if the message does not say.</summary>
    public double EventTime { get; }

    /// <summary>What is wrong with the message, in one sentence: it becomes a dead letter. Null if nothing is.</summary>
    public string? Error { get; }

    /// <summary>Why the message cannot be read now, in one line: it is read again later. Null if that is not so.</summary>
    public string? Missing { get; }

    /// <summary>The message is in a row, alone or with earlier ones.</summary>
    /// <param name="row">The row's index.</param>
    /// <param name="eventTime">When the event happened, in seconds since 1970.</param>
    public static RowResult InRow(int row, double eventTime = double.NaN) => new(row, eventTime, null);

    /// <summary>The message cannot be read and becomes a dead letter.</summary>
    /// <param name="error">What is wrong with it, in one sentence.</param>
    public static RowResult Malformed(string error) => new(-1, double.NaN, error);

    /// <summary>
    /// The message may be right, but what it takes to read it is away, such as a schema registry. Nothing was added; the message comes again later, and
    /// none behind it before. The stream says so in its log and in its health.
    /// </summary>
    /// <param name="reason">What is away, and how that shows, in one line.</param>
    public static RowResult Later(string reason) => new(-1, double.NaN, null, reason);

    /// <summary>The message has nothing for the graph. It counts as written.</summary>
    public static RowResult Nothing { get; } = new(-1, double.NaN, null);
}
