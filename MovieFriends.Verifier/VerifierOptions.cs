using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Verifier;

/// <summary>Configuration section <c>Verifier</c>.</summary>
internal sealed record VerifierOptions
{
    public const string Section = "Verifier";

    /// <summary>How long the ledger may take to reach the end that the topic has at the start, in seconds.</summary>
    [Range(0, 86_400)]
    public double WaitSeconds { get; init; } = 30;

    /// <summary>The topic of another stream, of which only the positions are compared with the ledger; charges and rentals if not set.</summary>
    [RegularExpression("[a-zA-Z0-9._-]{1,249}", ErrorMessage = "must be 1 to 249 letters, digits, dots, underscores and hyphens")]
    public string? Topic { get; init; }

    /// <summary>How many examples of each kind of difference are named.</summary>
    [Range(0, 1_000)]
    public int Examples { get; init; } = 10;
}
