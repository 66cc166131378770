using System.ComponentModel.DataAnnotations;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.Replayer;

/// <summary>Configuration section <c>Replayer</c>.</summary>
internal sealed record ReplayerOptions : IValidatableObject
{
    public const string Section = "Replayer";

    /// <summary>Whether dead letters are put back, or the ledger is moved.</summary>
    public ReplayerMode Mode { get; init; } = ReplayerMode.Replay;

    /// <summary>Whose dead letters or ledger; the topic of the charges if not set.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{1,249}", ErrorMessage = "must be 1 to 249 letters, digits, dots, underscores and hyphens")]
    public string? Topic { get; init; }

    /// <summary>Whether to do it; if not, the service only says what it would do.</summary>
    public bool Apply { get; init; }

    /// <summary>Replay: the only kind of dead letters to put back; all kinds if not set.</summary>
    [AllowedValues(null, DeadLetterReasons.Malformed, DeadLetterReasons.UnknownUser, DeadLetterReasons.Refused,
        ErrorMessage = $"must be {DeadLetterReasons.Malformed}, {DeadLetterReasons.UnknownUser} or {DeadLetterReasons.Refused}.")]
    public string? ErrorType { get; init; }

    /// <summary>Replay: the most messages that one transaction puts back.</summary>
    [Range(1, 50_000)]
    public int MessagesPerTransaction { get; init; } = 10_000;

    /// <summary>Replay: how many dead letters of each kind are shown.</summary>
    [Range(0, 1_000)]
    public int Examples { get; init; } = 3;

    /// <summary>Rewind: to the first message that Kafka has from that time or later.</summary>
    public DateTimeOffset? ToTime { get; init; }

    /// <summary>Rewind: to this offset.</summary>
    [Range(0, long.MaxValue)]
    public long? ToOffset { get; init; }

    /// <summary>Rewind: the only partition to move; all if not set.</summary>
    [Range(0, int.MaxValue)]
    public int? Partition { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == ReplayerMode.Rewind && ToTime is null == ToOffset is null)
            yield return new ValidationResult("with Mode = Rewind, either ToTime or ToOffset says where to, and not both.", [nameof(ToOffset)]);
    }
}
