namespace MovieFriends.ContainerTests;

/// <summary>Which run the tests belong to, as a trait: <c>test --all</c> runs them.</summary>
internal static class Suite
{
    public const string Trait = "Suite";
    public const string Containers = "Containers";
}
