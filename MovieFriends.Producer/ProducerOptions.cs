using System.ComponentModel.DataAnnotations;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Producer;

/// <summary>Configuration section <c>Producer</c>.</summary>
internal sealed record ProducerOptions : IValidatableObject
{
    public const string Section = "Producer";

    /// <summary><see cref="Source"/>: events are made up.</summary>
    public const string Generator = "Generator";

    /// <summary><see cref="Source"/>: events are read from the standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>What is sent, and so to which topic.</summary>
    public ProducerEvents Events { get; init; }

    /// <summary>Once as fast as possible, or at a steady rate.</summary>
    public ProducerMode Mode { get; init; } = ProducerMode.Load;

    /// <summary>How many events the generator makes in mode Load. In mode Live it has no end.</summary>
    [Range(0, 1_000_000_000_000)]
    public long Messages { get; init; } = 1_000_000;

    /// <summary>Messages per second in mode Live.</summary>
    [Range(0.1, 1_000_000)]
    public double Rate { get; init; } = 1_000;

    /// <summary>Of how many users the generator makes events.</summary>
    [Range(1, 1_000_000_000)]
    public long Users { get; init; } = 1_000_000;

    /// <summary>The id of the first of them.</summary>
    [Range(ChargeId.MinUserId, ChargeId.MaxUserId)]
    public long FirstUserId { get; init; } = 1_000_000;

    /// <summary>Of how many movies the generator makes rentals.</summary>
    [Range(1, 1_000_000_000)]
    public long Movies { get; init; } = 10_000;

    /// <summary>The generator's seed: the same seed makes the same amounts and movies.</summary>
    public long Seed { get; init; } = 20170112;

    /// <summary>Event time of the generator's first event; the time of the start if not set.</summary>
    [Range(typeof(DateTimeOffset), "1970-01-01T00:00:00Z", "9999-12-30T00:00:00Z", ParseLimitsInInvariantCulture = true)]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary><see cref="Generator"/>, the path of a file with an event in each line: CSV for charges, JSON for rentals, or <see cref="StandardInput"/>.</summary>
    [Required]
    public string Source { get; init; } = Generator;

    /// <summary>What to do about a line that is no event.</summary>
    public MalformedLinePolicy OnMalformed { get; init; } = MalformedLinePolicy.Fail;

    /// <summary>What the producer is called in progress lines and reports.</summary>
    internal string Stage => Events == ProducerEvents.Charges ? "produce" : "produce rentals";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FirstUserId > ChargeId.MaxUserId - Users + 1)
            yield return new ValidationResult($"with Users = {Users} the last user id is above {ChargeId.MaxUserId}.", [nameof(FirstUserId)]);
        if (!Source.Equals(Generator, StringComparison.OrdinalIgnoreCase) && Source != StandardInput && !File.Exists(Source))
            yield return new ValidationResult($"is neither {Generator} nor {StandardInput} (standard input) nor a file that exists.", [nameof(Source)]);
    }
}
