using Aspire.Hosting.ApplicationModel;
using MovieFriends.Extensions;

namespace Aspire.Hosting.ContainerApps;

/// <summary>Where an app listens. The rules are azd's, which resolves the addresses of endpoints by them.</summary>
internal static class Ingress
{
    private const string Http = "http";
    private const string Https = "https";
    private const string Tcp = "tcp";

    /// <summary>Null if the app listens nowhere.</summary>
    /// <exception cref="ConfigurationException">Container Apps cannot have the endpoints.</exception>
    public static string? Describe(IResource resource, string? probePath)
    {
        EndpointAnnotation[] endpoints = [.. resource.Annotations.OfType<EndpointAnnotation>()];
        if (endpoints.Length == 0)
            return null;

        if (endpoints.FirstOrDefault(endpoint => endpoint.IsExternal && !IsHttp(endpoint)) is { } external)
            throw new ConfigurationException($"{resource.Name}: the internet cannot reach its endpoint '{external.Name}' in Azure Container Apps, because it does not speak HTTP.");

        // An endpoint on the port of another one is the same to Container Apps.
        var ports = endpoints.GroupBy(endpoint => endpoint.TargetPort).ToArray();
        var web = ports.Where(port => port.All(IsHttp)).ToArray();
        if (web.Count(port => port.Any(endpoint => endpoint.IsExternal)) > 1)
            throw new ConfigurationException($"{resource.Name}: the internet can reach one port of an app in Azure Container Apps, and more than one is asked for.");

        var main = web.FirstOrDefault(port => port.Any(endpoint => endpoint.IsExternal)) ?? web.FirstOrDefault() ?? ports[0];
        var isHttp = web.Contains(main);
        if (probePath is not null && !isHttp)
            throw new ConfigurationException($"{resource.Name}: no path '{probePath}' can be probed, because its main endpoint does not speak HTTP.");

        List<KeyValuePair<string, string>> members =
        [
            new("external", ManifestJson.Boolean(main.Any(endpoint => endpoint.IsExternal))),
            new("transport", ManifestJson.Text(isHttp ? Http : Tcp)),
            new("targetPort", Port(resource, main)),
            new("additionalPorts", ManifestJson.Array(ports.Where(port => port != main).Select(port => Port(resource, port)))),
        ];
        if (probePath is not null)
            members.Add(new("probePath", ManifestJson.Text(probePath)));
        return ManifestJson.Object(members);
    }

    private static bool IsHttp(EndpointAnnotation endpoint) => endpoint.UriScheme is Http or Https;

    // azd knows the port of a project that names none once the project's image is built.
    private static string Port(IResource resource, IGrouping<int?, EndpointAnnotation> port) => ManifestJson.Text(
        port.Key ?? (object)new EndpointReference((IResourceWithEndpoints)resource, port.First()).Property(EndpointProperty.TargetPort));
}
