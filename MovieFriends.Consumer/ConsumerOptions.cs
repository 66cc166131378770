using MovieFriends.KafkaToNeo4j;

namespace MovieFriends.Consumer;

/// <summary>What becomes of a charge whose user is not in the graph. It is counted in every case.</summary>
internal enum UnknownUserPolicy
{
    /// <summary>It goes to the dead-letter topic.</summary>
    DeadLetter,

    /// <summary>The user is created.</summary>
    Create,

    /// <summary>It is skipped.</summary>
    Skip,
}

/// <summary>Configuration section <c>Consumer</c>: those of the stream, and what only charges have.</summary>
internal sealed record ConsumerOptions : StreamOptions
{
    public const string Section = "Consumer";

    public ConsumerOptions() => GroupId = "moviefriends";

    /// <summary>Whether nothing is read before the seeder has left its mark in the graph that all users are there.</summary>
    public bool WaitForUsers { get; init; }

    /// <summary>What becomes of a charge whose user is not in the graph.</summary>
    public UnknownUserPolicy UnknownUsers { get; init; } = UnknownUserPolicy.DeadLetter;
}
