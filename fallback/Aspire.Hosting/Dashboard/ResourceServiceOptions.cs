using System.Net;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard asks about resources, and the key it has to show. Both can be set, under the official names.</summary>
/// <param name="Endpoint">A loopback address; port 0 is any free one.</param>
/// <param name="ApiKey">The key; random unless set, and then good for this run only.</param>
/// <param name="ApplicationName">The name in the dashboard's title.</param>
internal sealed record ResourceServiceOptions(Uri Endpoint, string ApiKey, string ApplicationName)
{
    private const string AppHostSuffix = "AppHost";

    /// <exception cref="DistributedApplicationException">The address is not one of this machine alone.</exception>
    public static ResourceServiceOptions From(IConfiguration configuration) => new(
        EndpointOf(configuration),
        Setting(configuration, "ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY", "DOTNET_DASHBOARD_RESOURCESERVICE_APIKEY") ?? DashboardOptions.NewSecret(),
        NameOf(configuration["AppHost:DashboardApplicationName"]));

    /// <summary>The application's name without the part that says it is an AppHost.</summary>
    public static string NameOf(string? appHost)
    {
        var name = string.IsNullOrEmpty(appHost) ? "Aspire" : appHost;
        if (!name.EndsWith(AppHostSuffix, StringComparison.OrdinalIgnoreCase))
            return name;
        var rest = name[..^AppHostSuffix.Length].TrimEnd('.');
        return rest.Length == 0 ? name : rest;
    }

    private static Uri EndpointOf(IConfiguration configuration)
    {
        const string Name = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
        if (Setting(configuration, Name, "DOTNET_RESOURCE_SERVICE_ENDPOINT_URL") is not { } text)
            return new Uri($"http://{IPAddress.Loopback}:0");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || !endpoint.IsLoopback || endpoint.Scheme is not ("http" or "https"))
            throw new DistributedApplicationException($"'{Name}' is '{text}', which is no address of the loopback such as http://127.0.0.1:22057.");
        // Several runs at once must not meet at a port that a launch profile names.
        return string.Equals(configuration["DcpPublisher:RandomizePorts"], "true", StringComparison.OrdinalIgnoreCase)
            ? new UriBuilder(endpoint) { Host = IPAddress.Loopback.ToString(), Port = 0 }.Uri
            : endpoint;
    }

    private static string? Setting(IConfiguration configuration, string name, string olderName) =>
        configuration[name] is { Length: > 0 } value ? value
            : configuration[olderName] is { Length: > 0 } older ? older
            : null;
}
