using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Verifier;

/// <summary>Configuration section <c>Verifier</c>.</summary>
internal sealed record VerifierOptions
{
    public const string Section = "Verifier";

    /// <summary>How long the ledger may take to reach the end that the topic has at the start, in seconds.</summary>
    [Range(0, 86_400)]
    public double WaitSeconds { get; init; } = 30;

    /// <summary>How many examples of each kind of difference are named.</summary>
    [Range(0, 1_000)]
    public int Examples { get; init; } = 10;
}
