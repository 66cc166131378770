using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MovieFriends.Extensions;

namespace Aspire.Hosting.Compose;

/// <summary>What the containers and projects of an application are in a Compose file.</summary>
/// <param name="execution">How the application is published.</param>
/// <param name="variables">Where the parameters that are used are written down.</param>
/// <param name="images">What the names of the projects' images begin with.</param>
internal sealed class ComposeModel(DistributedApplicationExecutionContext execution, ComposeVariables variables, string images)
{
    /// <summary>The profile of what starts by hand.</summary>
    private const string ByHand = "by-hand";

    /// <exception cref="ConfigurationException">A resource is or has what no service of Compose can.</exception>
    public async Task<ComposeFile> DescribeAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        IResource[] resources = [.. model.Resources.Where(resource => resource is ContainerResource or ProjectResource && !resource.IsExcludedFromPublish())];
        var services = new Dictionary<string, ComposeService>();
        foreach (var resource in resources)
        {
            try
            {
                services[resource.Name] = await ServiceAsync(resource, resources, cancellationToken);
            }
            catch (NotSupportedException unsupported)
            {
                throw new ConfigurationException($"{resource.Name}: {unsupported.Message}", unsupported);
            }
        }

        var volumes = resources.SelectMany(Volumes).Select(volume => volume.Source).OfType<string>().Distinct();
        return new(services, volumes.ToDictionary(volume => volume, _ => new ComposeVolume()));
    }

    private async Task<ComposeService> ServiceAsync(IResource resource, IResource[] all, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object>();
        var environment = new EnvironmentCallbackContext(execution, resource, values, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(environment);

        List<object> arguments = [];
        var commandLine = new CommandLineArgsCallbackContext(arguments, resource, cancellationToken) { ExecutionContext = execution };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await annotation.Callback(commandLine);

        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(wait => all.Contains(wait.Resource)).ToArray();
        var isByHand = resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();
        var ends = all.SelectMany(other => other.Annotations.OfType<WaitAnnotation>()).Any(wait => wait.Resource == resource && wait.WaitType == WaitType.WaitForCompletion);
        return new()
        {
            Image = Image(resource),
            Profiles = isByHand ? [ByHand] : null,
            Entrypoint = resource is ContainerResource { Entrypoint: { } entrypoint } ? [entrypoint] : null,
            Command = OrNull(arguments.Select(variables.Text)),
            Environment = OrNull(values.OrderBy(variable => variable.Key, StringComparer.Ordinal).ToDictionary(variable => variable.Key, variable => variables.Text(variable.Value))),
            Volumes = OrNull(Volumes(resource).Select(volume => $"{(volume.Source is null ? "" : $"{volume.Source}:")}{volume.Target}{(volume.IsReadOnly ? ":ro" : "")}")),
            // A free port of the loopback: several replicas do not want the same one.
            Ports = OrNull(Endpoints(resource).Where(endpoint => endpoint.UriScheme == "http").Select(endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1::{ComposeVariables.TargetPort(endpoint)}"))),
            Healthcheck = IsChecked(resource) ? Connects(ComposeVariables.TargetPort(Endpoints(resource)[0])) : null,
            DependsOn = OrNull(waits.ToDictionary(wait => wait.Resource.Name, wait => new ComposeDependency(Condition(wait)))),
            Restart = (isByHand, ends) switch
            {
                (true, _) => null,
                (_, true) => "on-failure",
                _ => "unless-stopped",
            },
            StopGracePeriod = "60s",
        };
    }

    private string Image(IResource resource) =>
        resource is ContainerResource && !resource.Annotations.OfType<DockerfileBuildAnnotation>().Any() && resource.TryGetContainerImageName(out var image)
            ? image
            : $"${{IMAGES:-{images}}}/{resource.Name}:${{TAG:-latest}}";

    private static EndpointAnnotation[] Endpoints(IResource resource) => [.. resource.Annotations.OfType<EndpointAnnotation>()];

    // The images of projects have no shell to check anything with. A project that cannot go on ends, and is started again.
    private static bool IsChecked(IResource resource) => resource is ContainerResource && Endpoints(resource).Length > 0;

    private static ComposeHealthCheck Connects(int port) =>
        new(["CMD", "bash", "-c", string.Create(CultureInfo.InvariantCulture, $"</dev/tcp/127.0.0.1/{port}")], Interval: "3s", Timeout: "5s", Retries: 60);

    private static string Condition(WaitAnnotation wait) => wait.WaitType switch
    {
        WaitType.WaitForCompletion => "service_completed_successfully",
        WaitType.WaitUntilHealthy when IsChecked(wait.Resource) => "service_healthy",
        _ => "service_started",
    };

    private static IEnumerable<ContainerMountAnnotation> Volumes(IResource resource)
    {
        var mounts = resource.Annotations.OfType<ContainerMountAnnotation>();
        return mounts.FirstOrDefault(mount => mount.Type == ContainerMountType.BindMount) is { } bind
            ? throw new ConfigurationException($"{resource.Name}: '{bind.Target}' is a folder of this machine, which may not be there where the Compose file is used. Use a volume.")
            : mounts;
    }

    private static string[]? OrNull(IEnumerable<string> items) => items.ToArray() is { Length: > 0 } array ? array : null;

    private static Dictionary<string, T>? OrNull<T>(Dictionary<string, T> items) => items.Count > 0 ? items : null;
}
