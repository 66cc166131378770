namespace MovieFriends.Contracts.Topics;

/// <summary>Values of the header <c>error.type</c> of dead letters.</summary>
public static class DeadLetterReasons
{
    /// <summary>The value is not a charge.</summary>
    public const string Malformed = "malformed";

    /// <summary>The charge is of a user who is not in the graph.</summary>
    public const string UnknownUser = "unknown_user";

    /// <summary>The database refuses the charge.</summary>
    public const string Refused = "refused";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Malformed, UnknownUser, Refused];
}
