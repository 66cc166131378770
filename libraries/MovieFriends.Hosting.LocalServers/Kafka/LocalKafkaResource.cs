using MovieFriends.Hosting.LocalServers;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Kafka broker as a process of this machine.</summary>
public sealed class LocalKafkaResource : ExecutableResource, IResourceWithConnectionString
{
    internal const string EndpointName = "tcp";

    internal LocalKafkaResource(string name, string java, string folder)
        : base(name, java, folder)
    {
    }

    /// <summary>The broker's version, for example <c>4.3.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether clients can ask the broker to create a topic; one older than 0.10.1 creates topics when they are used.</summary>
    public required bool CreatesTopicsOnRequest { get; init; }

    /// <summary>Whether messages have headers, which came with 0.11.</summary>
    public required bool CarriesHeaders { get; init; }

    /// <summary>The endpoint that clients use.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    /// <summary>The bootstrap server: <c>127.0.0.1:port</c>.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{LocalServerHost.Address}:{PrimaryEndpoint.Property(EndpointProperty.Port)}");

    /// <summary>How many partitions a topic gets that the broker creates by itself.</summary>
    internal int DefaultPartitions { get; set; } = 1;
}
