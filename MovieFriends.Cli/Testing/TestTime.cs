namespace MovieFriends.Cli.Testing;

/// <summary>How long a test took.</summary>
internal sealed record TestTime(Suite Suite, string Name, TimeSpan Duration);
