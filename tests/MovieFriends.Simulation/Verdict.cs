using MovieFriends.Simulation.Checking;

namespace MovieFriends.Simulation;

/// <summary>What came out of a run.</summary>
internal sealed record Verdict
{
    public required long Seed { get; init; }

    /// <summary>What was left out.</summary>
    public required Variant Variant { get; init; }

    /// <summary>The world that it was.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Which promise was broken; null if none was.</summary>
    public required Promise? Broken { get; init; }

    /// <summary>How it was broken; null if none was.</summary>
    public required string? Violation { get; init; }

    /// <summary>What happened, if it was kept.</summary>
    public required string Story { get; init; }

    /// <summary>The same for the same run.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>The numbers of the faults that have happened.</summary>
    public required IReadOnlyList<int> Faults { get; init; }

    public required int Deadlocks { get; init; }

    public required int Rebalances { get; init; }

    public required int Commits { get; init; }

    /// <summary>Messages whose rows are in the graph.</summary>
    public required int Messages { get; init; }

    /// <summary>Dead letters that are twice where they may be.</summary>
    public required int ExcusedDoubles { get; init; }

    public required long Steps { get; init; }

    /// <summary>How long it was, in the world's own time.</summary>
    public required TimeSpan Time { get; init; }
}
