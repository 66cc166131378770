using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Processes;

/// <summary>Decides where endpoints are. There is no proxy: the port clients use is the one the process listens on.</summary>
internal static class EndpointAllocator
{
    public static void Allocate(IResource resource, IConfiguration configuration)
    {
        var anyPort = string.Equals(configuration["DcpPublisher:RandomizePorts"], "true", StringComparison.OrdinalIgnoreCase);
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.AllocatedEndpoint is null))
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, endpoint.TargetHost, PortOf(resource, endpoint, anyPort));
    }

    /// <exception cref="DistributedApplicationException">A port that was asked for is taken.</exception>
    public static void CheckFixedPorts(IResource resource)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.AllocatedEndpoint is { } allocated && allocated.Port == (endpoint.TargetPort ?? endpoint.Port) && !LoopbackPort.IsFree(allocated.Port))
                throw new DistributedApplicationException($"Port {allocated.Port}, asked for by endpoint '{endpoint.Name}' of resource '{resource.Name}', is taken by another process.");
        }
    }

    /// <summary>The ports of one replica: the first has the allocated ones, the others any.</summary>
    public static IReadOnlyDictionary<string, int> PortsOf(IResource resource, int replica) =>
        resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(
            e => e.Name,
            e => replica == 0 ? e.AllocatedEndpoint!.Port : LoopbackPort.Next(),
            StringComparer.OrdinalIgnoreCase);

    private static int PortOf(IResource resource, EndpointAnnotation endpoint, bool anyPort) => endpoint switch
    {
        { TargetPort: { } target, Port: { } port } when target != port && !anyPort => throw new DistributedApplicationException(
            $"Endpoint '{endpoint.Name}' of resource '{resource.Name}' asks for port {port} before target port {target}, which needs a proxy; this host has none."),
        { TargetPort: { } target } => target,
        { Port: { } port } when !anyPort || endpoint.IsExplicitlyProxied == false => port,
        _ => LoopbackPort.Next(),
    };
}
