using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Contracts.Topics;

/// <summary>The Kafka topics that the services share: configuration section <c>Topics</c>.</summary>
public sealed record TopicOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Topics";

    /// <summary>The topic of the charges.</summary>
    [Required, RegularExpression(NamePattern, ErrorMessage = NameRule)]
    public string Charges { get; init; } = "charges";

    /// <summary>Where messages go that cannot become a charge in the graph.</summary>
    [Required, RegularExpression(NamePattern, ErrorMessage = NameRule)]
    public string DeadLetters { get; init; } = "charges.dead-letter";

    /// <summary>The topic of the rentals; none if there are to be no rentals.</summary>
    [RegularExpression(NamePattern, ErrorMessage = NameRule)]
    public string? Rentals { get; init; }

    /// <summary>How many partitions a topic gets when it is created here.</summary>
    [Range(1, 10_000)]
    public int Partitions { get; init; } = 4;

    /// <summary>The replication factor when a topic is created here; -1 is the broker's default.</summary>
    [Range(-1, 100)]
    public short ReplicationFactor { get; init; } = -1;

    /// <summary>Whether missing topics are created by request; if not, the broker must do it by itself.</summary>
    public bool Create { get; init; } = true;

    /// <summary>Whether the broker keeps message headers (Kafka 0.11 and later do).</summary>
    public bool Headers { get; init; } = true;

    /// <summary>Where messages of a topic go that cannot be written into the graph: for the charges <see cref="DeadLetters"/>, else the topic's name with <c>.dead-letter</c> behind it.</summary>
    public string DeadLettersOf(string topic) => topic == Charges ? DeadLetters : $"{topic}.dead-letter";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Each dead letter would be a message that becomes a dead letter.
        if (DeadLetters == Charges)
            yield return new ValidationResult($"must be another topic than {Section}:{nameof(Charges)}, which is '{Charges}' as well.", [nameof(DeadLetters)]);
        if (Rentals is not null && (Rentals == Charges || Rentals == DeadLetters))
            yield return new ValidationResult($"must be a topic of its own, not '{Rentals}', which {Section} names for something else.", [nameof(Rentals)]);
    }

    private const string NamePattern = "[a-zA-Z0-9._-]{1,249}";
    private const string NameRule = "must be 1 to 249 letters, digits, dots, underscores and hyphens";
}
