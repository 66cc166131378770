using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Consumer;

/// <summary>What to do when retention has deleted messages that were never read.</summary>
internal enum GapPolicy
{
    /// <summary>Stop and say how many are gone.</summary>
    Fail,

    /// <summary>Say how many are gone and go on with the first that is there.</summary>
    Skip,
}

/// <summary>What to do when a topic of the same name, but another one, is where the ledger's topic was.</summary>
internal enum NewTopicPolicy
{
    /// <summary>Stop and say which topic it is.</summary>
    Fail,

    /// <summary>Say which topic it is and start the ledger over at its beginning.</summary>
    StartOver,
}

/// <summary>Where a consumer's work is over.</summary>
internal enum StopPoint
{
    /// <summary>Nowhere: it runs until it is stopped.</summary>
    Never,

    /// <summary>At the end that each of its partitions had when it was assigned.</summary>
    End,
}

/// <summary>What becomes of a charge whose user is not in the graph. It is counted in every case.</summary>
internal enum UnknownUserPolicy
{
    /// <summary>It goes to the dead-letter topic.</summary>
    DeadLetter,

    /// <summary>The user is created.</summary>
    Create,

    /// <summary>It is skipped.</summary>
    Skip,
}

/// <summary>Configuration section <c>Consumer</c>.</summary>
internal sealed record ConsumerOptions
{
    public const string Section = "Consumer";

    /// <summary>The consumer group; more consumers of one group share the partitions.</summary>
    [Required, MinLength(1)]
    public string GroupId { get; init; } = "moviefriends";

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

    /// <summary>Whether nothing is read before the seeder has left its mark in the graph that all users are there.</summary>
    public bool WaitForUsers { get; init; }

    /// <summary>What becomes of a charge whose user is not in the graph.</summary>
    public UnknownUserPolicy UnknownUsers { get; init; } = UnknownUserPolicy.DeadLetter;

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
}
