using MovieFriends.Hosting.LocalServers;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The ZooKeeper that an old Kafka keeps its metadata in, as a process of this machine.</summary>
public sealed class LocalZooKeeperResource : ExecutableResource, IResourceWithConnectionString
{
    internal const string EndpointName = "tcp";

    internal LocalZooKeeperResource(string name, string java, string folder)
        : base(name, java, folder)
    {
    }

    /// <summary>The endpoint that the broker uses.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    /// <summary>Where the broker connects: <c>127.0.0.1:port</c>.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{LocalServerHost.Address}:{PrimaryEndpoint.Property(EndpointProperty.Port)}");
}
