namespace MovieFriends.AppHost.LocalServers.Kafka;

/// <summary>A Kafka broker as a process of this machine.</summary>
internal sealed class LocalKafkaResource(string name, string java, string folder)
    : ExecutableResource(name, java, folder), IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    public EndpointReference PrimaryEndpoint => field ??= new(this, EndpointName);

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{LocalServerHost.Address}:{PrimaryEndpoint.Property(EndpointProperty.Port)}");
}
