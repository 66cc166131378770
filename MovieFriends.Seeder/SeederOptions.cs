using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Seeder;

/// <summary>Configuration section <c>Seeder</c>.</summary>
internal sealed record SeederOptions
{
    public const string Section = "Seeder";

    /// <summary>How many users the graph has in the end.</summary>
    [Range(0, 1_000_000_000)]
    public long Users { get; init; } = 1_000_000;

    /// <summary>Which graph: the same seed builds the same one.</summary>
    public long Seed { get; init; } = 20170112;

    /// <summary>Users in one transaction; never more than one component's.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; init; } = 10_000;

    /// <summary>Transactions in flight at the same time.</summary>
    [Range(1, 64)]
    public int Sessions { get; init; } = 2;

    /// <summary>Whether to delete charges, ledger and users first.</summary>
    public bool Reset { get; init; }
}
