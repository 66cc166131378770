using Xunit;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Tests that share one pair of secure servers.</summary>
[CollectionDefinition(nameof(SharesSecureServers))]
public sealed class SharesSecureServers : ICollectionFixture<SecureServers>;
