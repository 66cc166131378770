namespace MovieFriends.AppHost.LocalServers.Kafka;

/// <summary>The ZooKeeper that an old Kafka keeps its metadata in, as a process of this machine.</summary>
internal sealed class LocalZooKeeperResource(string name, string java, string folder)
    : ExecutableResource(name, java, folder), IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{LocalServerHost.Address}:{PrimaryEndpoint.Property(EndpointProperty.Port)}");
}
