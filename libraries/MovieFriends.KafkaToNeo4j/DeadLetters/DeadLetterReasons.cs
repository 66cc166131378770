namespace MovieFriends.KafkaToNeo4j.DeadLetters;

/// <summary>Values of the header <c>error.type</c> of dead letters. An application has reasons of its own beside these.</summary>
internal static class DeadLetterReasons
{
    /// <summary>The message cannot be read.</summary>
    public const string Malformed = "malformed";

    /// <summary>The database refuses what the message says.</summary>
    public const string Refused = "refused";
}
