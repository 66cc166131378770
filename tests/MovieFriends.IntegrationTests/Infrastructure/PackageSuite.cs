using Xunit;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>The tests of packages, which are made once for all of them.</summary>
[CollectionDefinition(Name)]
public sealed class PackageSuite : ICollectionFixture<PackedLibraries>
{
    public const string Name = "Packages";
}
