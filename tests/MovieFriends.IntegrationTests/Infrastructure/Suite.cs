namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Which run a test belongs to, as a trait. A test without one is in the fast suite, on modern servers.</summary>
internal static class Suite
{
    /// <summary>Name of the trait.</summary>
    public const string Trait = "Suite";

    /// <summary>Takes long: only <c>test --all</c> runs it.</summary>
    public const string Slow = "Slow";

    /// <summary>Needs a container engine: only <c>test --all</c> runs it.</summary>
    public const string Containers = "Containers";

    /// <summary>Shows what differs on the servers from npm: runs there, too.</summary>
    public const string Compatibility = "Compatibility";
}
