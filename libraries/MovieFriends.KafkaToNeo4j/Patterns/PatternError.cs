namespace MovieFriends.KafkaToNeo4j.Patterns;

/// <summary>What a pattern that cannot be used says of itself, in one sentence.</summary>
internal static class PatternError
{
    public const string Node = "(:User{!userId, name})";
    public const string Relationship = "(:User{!userId})-[:RENTED{at}]->(:Movie{!movieId, title})";

    /// <summary>Makes the exception.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="position">Where it is wrong, from 0.</param>
    /// <param name="problem">What is wrong, and what would be right.</param>
    /// <param name="example">A pattern that is right there.</param>
    public static FormatException At(string pattern, int position, string problem, string example) =>
        new($"The pattern {pattern} is wrong at position {position + 1}: {problem}, as in {example}.");
}
