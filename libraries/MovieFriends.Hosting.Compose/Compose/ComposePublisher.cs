using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Machine;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Aspire.Hosting.Compose;

/// <summary>Writes the model that azd is given as a manifest, with the order of its services, for Docker Compose.</summary>
internal static class ComposePublisher
{
    public const string FileName = "docker-compose.yaml";
    public const string VariablesFileName = ".env";

    /// <summary>The profile of what starts by hand.</summary>
    private const string ByHand = "by-hand";

    public static async Task WriteAsync(DistributedApplication application, string folder)
    {
        var model = application.Services.GetRequiredService<DistributedApplicationModel>();
        var execution = application.Services.GetRequiredService<DistributedApplicationExecutionContext>();
        var variables = new ComposeVariables();
        IResource[] resources = [.. model.Resources.Where(resource => resource is ContainerResource or ProjectResource && !resource.IsExcludedFromPublish())];
        var services = new Dictionary<string, ComposeService>();
        foreach (var resource in resources)
            services[resource.Name] = await ServiceAsync(resource, resources, execution, variables);

        var volumes = resources.SelectMany(Volumes).ToDictionary(volume => volume.Source!, _ => new ComposeVolume());
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, FileName), Yaml(new(services, volumes)));
        PrivateFile.Write(Path.Combine(folder, VariablesFileName), VariablesFile(variables));
    }

    private static async Task<ComposeService> ServiceAsync(IResource resource, IResource[] all, DistributedApplicationExecutionContext execution, ComposeVariables variables)
    {
        var values = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(execution, resource, values);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);

        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(wait => all.Contains(wait.Resource)).ToArray();
        var isByHand = resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();
        var ends = all.SelectMany(other => other.Annotations.OfType<WaitAnnotation>()).Any(wait => wait.Resource == resource && wait.WaitType == WaitType.WaitForCompletion);
        return new()
        {
            Image = resource is ContainerResource && resource.TryGetContainerImageName(out var image) ? image : $"${{IMAGES:-moviefriends}}/{resource.Name}:${{TAG:-latest}}",
            Profiles = isByHand ? [ByHand] : null,
            Environment = OrNull(values.OrderBy(variable => variable.Key, StringComparer.Ordinal).ToDictionary(variable => variable.Key, variable => variables.Text(variable.Value))),
            Volumes = OrNull(Volumes(resource).Select(volume => $"{volume.Source}:{volume.Target}")),
            // A free port of the loopback: several consumers do not want the same one.
            Ports = OrNull(endpoints.Where(endpoint => endpoint.UriScheme == "http").Select(endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1::{ComposeVariables.TargetPort(endpoint)}"))),
            Healthcheck = resource is ContainerResource && endpoints is [var first, ..] ? Connects(ComposeVariables.TargetPort(first)) : null,
            DependsOn = OrNull(waits.ToDictionary(wait => wait.Resource.Name, wait => new ComposeDependency(Condition(wait.WaitType)))),
            Restart = (isByHand, ends) switch
            {
                (true, _) => null,
                (_, true) => "on-failure",
                _ => "unless-stopped",
            },
            StopGracePeriod = "60s",
        };
    }

    // The images of the services have no shell to check anything with. A service that cannot go on ends, and is started again.
    private static ComposeHealthCheck Connects(int port) =>
        new(["CMD", "bash", "-c", string.Create(CultureInfo.InvariantCulture, $"</dev/tcp/127.0.0.1/{port}")], Interval: "3s", Timeout: "5s", Retries: 60);

    private static string Condition(WaitType wait) => wait switch
    {
        WaitType.WaitForCompletion => "service_completed_successfully",
        WaitType.WaitUntilHealthy => "service_healthy",
        _ => "service_started",
    };

    private static IEnumerable<ContainerMountAnnotation> Volumes(IResource resource) =>
        resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.Volume);

    private static string Yaml(ComposeFile file) =>
        "# Written by 'dotnet moviefriends.cs publish'. The variables are in .env beside it.\n" +
        new SerializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull)
            .WithQuotingNecessaryStrings()
            .WithIndentedSequences()
            .DisableAliases()
            .Build()
            .Serialize(file);

    private static string VariablesFile(ComposeVariables variables)
    {
        var text = new StringBuilder("# Passwords are in it: keep it to yourself, and keep it as long as the volumes.\nIMAGES=moviefriends\nTAG=latest\n");
        foreach (var (name, parameter) in variables.Parameters)
            text.Append(CultureInfo.InvariantCulture, $"{name}={parameter.Default?.GetDefaultValue()}\n");
        return text.ToString();
    }

    private static string[]? OrNull(IEnumerable<string> items) => items.ToArray() is { Length: > 0 } array ? array : null;

    private static Dictionary<string, T>? OrNull<T>(Dictionary<string, T> items) => items.Count > 0 ? items : null;
}
