using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A Kafka broker in a container.</summary>
public class KafkaServerResource : ContainerResource, IResourceWithConnectionString, IResourceWithEnvironment
{
    internal const string PrimaryEndpointName = "tcp";
    internal const string InternalEndpointName = "internal";

    /// <summary>A broker.</summary>
    public KafkaServerResource(string name) : base(name)
    {
        // Who asks does not matter: also to the broker itself, which advertises it, the first is what the machine's own programs see.
        PrimaryEndpoint = new(this, PrimaryEndpointName, KnownNetworkIdentifiers.LocalhostNetwork);
        InternalEndpoint = new(this, InternalEndpointName, KnownNetworkIdentifiers.DefaultAspireContainerNetwork);
    }

    /// <summary>Where clients outside of containers connect.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>Where clients in containers connect.</summary>
    public EndpointReference InternalEndpoint { get; }

    /// <summary>The host clients connect to.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port clients connect to.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The bootstrap server, as host and port.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
    }
}
