using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Seeder;

/// <summary>Configuration section <c>Seeder</c>.</summary>
internal sealed record SeederOptions : IValidatableObject
{
    public const string Section = "Seeder";

    /// <summary>Whose users the graph has.</summary>
    public SeederMode Mode { get; init; } = SeederMode.Generate;

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

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Reset && Mode == SeederMode.Existing)
            yield return new ValidationResult($"would delete the users that {Section}:{nameof(Mode)}=Existing is to keep.", [nameof(Reset)]);
    }
}
