namespace MovieFriends.Cli.Testing;

/// <summary>A part of the tests, in the order in which the parts run. Tests say by a trait where they belong.</summary>
internal enum Suite
{
    /// <summary>Tests that need no servers.</summary>
    Unit,

    /// <summary>Tests on real servers that do not take long.</summary>
    Fast,

    /// <summary>Tests that need a container engine.</summary>
    Containers,

    /// <summary>Tests on real servers that take long.</summary>
    Slow,

    /// <summary>Tests of what differs on the servers from npm, on those.</summary>
    Compatibility,
}
