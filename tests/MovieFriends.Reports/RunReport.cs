namespace MovieFriends.Reports;

/// <summary>What a run with faults was like, in a simulated world or on real servers: what is told of it, and what is drawn.</summary>
internal sealed record RunReport
{
    /// <summary>What ran, with its seed.</summary>
    public required string Title { get; init; }

    /// <summary>How long it was, and with how many of what.</summary>
    public required string About { get; init; }

    /// <summary>Makes it again.</summary>
    public required string Command { get; init; }

    public required bool IsGood { get; init; }

    /// <summary>In words.</summary>
    public required string Verdict { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>When the last fault could begin; null if that is not known.</summary>
    public TimeSpan? FaultsUntil { get; init; }

    /// <summary>Whose time it is.</summary>
    public string Clock { get; init; } = "time";

    public IReadOnlyList<FaultSpan> Faults { get; init; } = [];

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<RunSample> Samples { get; init; } = [];

    /// <summary>How owners of partitions are known.</summary>
    public string OwnersAre { get; init; } = "";

    /// <summary>The table of counts, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Counts { get; init; } = [];
}

/// <summary>A fault, and for how long it lasted; some have no length.</summary>
internal sealed record FaultSpan(string Kind, TimeSpan From, TimeSpan To);

/// <summary>How things stood at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="Settled">Messages that the ledger has passed so far.</param>
/// <param name="Lag">Messages that it has not passed; null if that cannot be seen.</param>
/// <param name="Owners">Who has which partition; one that nobody has is left out.</param>
internal sealed record RunSample(TimeSpan At, long Settled, long? Lag, IReadOnlyList<(string Partition, string Owner)> Owners);
