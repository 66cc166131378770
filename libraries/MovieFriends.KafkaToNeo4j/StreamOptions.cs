using System.ComponentModel.DataAnnotations;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>What to do when retention has deleted messages that were never read.</summary>
public enum GapPolicy
{
    /// <summary>Stop and say how many are gone.</summary>
    Fail,

    /// <summary>Say how many are gone and go on with the first that is there.</summary>
    Skip,
}

/// <summary>What to do when a topic of the same name, but another one, is where the ledger's topic was.</summary>
public enum NewTopicPolicy
{
    /// <summary>Stop and say which topic it is.</summary>
    Fail,

    /// <summary>Say which topic it is and start the ledger over at its beginning.</summary>
    StartOver,
}

/// <summary>Where a stream's work is over.</summary>
public enum StopPoint
{
    /// <summary>Nowhere: it runs until it is stopped.</summary>
    Never,

    /// <summary>At the end that each of its partitions had when it was assigned.</summary>
    End,
}

/// <summary>How a stream reads its topic and writes its graph.</summary>
public record StreamOptions
{
    internal const string DefaultGroupId = "kafka-to-neo4j";

    /// <summary>The consumer group; more consumers of one group share the partitions. By default <c>kafka-to-neo4j-TOPIC</c>.</summary>
    [Required, MinLength(1)]
    public string GroupId { get; init; } = DefaultGroupId;

    /// <summary>
    /// A name of this instance that stays over restarts: it then gets its partitions back without a rebalance, if it is back
    /// within the session's time. None by default; no two instances may have the same.
    /// </summary>
    public string? InstanceId { get; init; }

    /// <summary>The most messages that one transaction takes. It takes fewer whenever fewer are waiting.</summary>
    [Range(1, 50_000)]
    public int MaxBatchSize { get; init; } = 2_000;

    /// <summary>
    /// How many messages of one partition wait for the database before no more are read: for up to a second until a batch is
    /// taken, then the partition is paused, and at once if another one runs dry meanwhile. No transaction takes more.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingMessages { get; init; } = 20_000;

    /// <summary>How many transactions write at once, over all partitions. One more may be open and stand by.</summary>
    [Range(1, 64)]
    public int MaxTransactions { get; init; } = 2;

    /// <summary>
    /// How long a transaction may take before the database ends it; 0 leaves that to the database. A consumer that hangs in the
    /// middle of one keeps its partition from others for no longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What to do when retention has deleted messages that were never read.</summary>
    public GapPolicy OnGap { get; init; } = GapPolicy.Fail;

    /// <summary>What to do when the topic was deleted and created again, or ends before the ledger.</summary>
    public NewTopicPolicy OnNewTopic { get; init; } = NewTopicPolicy.Fail;

    /// <summary>Whether to go on for ever, or to stop at the ends that the partitions had at the start.</summary>
    public StopPoint StopAt { get; init; } = StopPoint.Never;

    /// <summary>Stops after so many messages; 0 is never.</summary>
    [Range(0, long.MaxValue)]
    public long StopAfter { get; init; }

    /// <summary>A folder into which each batch is written as a CSV file, to look at; none by default.</summary>
    public string? BatchDumpDirectory { get; init; }

    /// <summary>How often a partition without new messages looks whether its ledger was moved by hand, which nothing else tells it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan IdleCheckInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a transaction under way may take to end when a partition is taken away or the service stops.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan LeaveTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The configuration section that these are from, for messages.</summary>
    internal string Section { get; init; } = "KafkaToNeo4j";

    /// <summary>The key of an option, for messages.</summary>
    internal string Key(string option) => $"{Section}:{option}";
}
