using Xunit;

namespace MovieFriends.IntegrationTests.Telemetry;

/// <summary>Tests that look at what one story has exported.</summary>
[CollectionDefinition(nameof(SharesTelemetryStory))]
public sealed class SharesTelemetryStory : ICollectionFixture<TelemetryStory>;
