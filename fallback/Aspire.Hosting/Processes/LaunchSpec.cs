using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Processes;

/// <summary>Works out what starting an instance means: program, arguments, environment.</summary>
internal sealed class LaunchSpec(DistributedApplicationExecutionContext execution, IHostEnvironment environment, SecretValues secrets, Assembly? appHost)
{
    // They say how this process was started, and would mislead a child.
    private static readonly string[] s_own = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "DOTNET_LAUNCH_PROFILE", "DOTNET_STARTUP_HOOKS"];

    public async Task<(ProcessSpec Spec, LaunchFacts Facts)> CreateAsync(ResourceInstance instance, ILogger logger, Action<string, bool> onLine, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        var caller = new ReplicaValueContext { Caller = resource, ExecutionContext = execution, Ports = instance.Ports! };
        var own = await ResourceConfiguration.GetEnvironmentAsync(resource, execution, caller, cancellationToken, logger, secrets.AddFromAsync);
        if (resource.HasAnnotationOfType<OtlpExporterAnnotation>())
            NameTelemetry(own, instance);
        var arguments = await ResourceConfiguration.GetArgumentsAsync(resource, execution, caller, cancellationToken, logger, secrets.AddFromAsync);
        var (fileName, first, workingDirectory) = Program(resource);
        return (new ProcessSpec(fileName, [.. first, .. arguments], workingDirectory, Merge(own, resource is ProjectResource)) { OnLine = onLine }, new LaunchFacts(own.Keys, arguments, [.. arguments.Select(secrets.IsIn)]));
    }

    private (string FileName, string[] First, string WorkingDirectory) Program(IResource resource)
    {
        if (resource is ExecutableResource executable)
            return (executable.Command, [], executable.WorkingDirectory);
        var path = ((ProjectResource)resource).GetProjectMetadata().ProjectPath;
        // What the AppHost was built with is started as it is: 'dotnet run' would be one more process that only waits.
        var assembly = AppHostMetadata.ProjectOutput(appHost, path);
        return assembly is not null && File.Exists(assembly)
            ? (DotNet(), ["exec", assembly], Path.GetDirectoryName(path)!)
            : throw new DistributedApplicationException($"The project '{path}' is not built: it must be a project reference of the AppHost.");
    }

    private Dictionary<string, string> Merge(Dictionary<string, string> own, bool isProject)
    {
        var merged = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            merged[(string)variable.Key] = (string?)variable.Value ?? "";
        foreach (var name in s_own)
            merged.Remove(name);
        if (isProject)
        {
            merged.TryAdd("DOTNET_ENVIRONMENT", environment.EnvironmentName);
            merged.TryAdd("ASPNETCORE_ENVIRONMENT", environment.EnvironmentName);
        }
        foreach (var (name, value) in own)
            merged[name] = value;
        return merged;
    }

    private static void NameTelemetry(Dictionary<string, string> variables, ResourceInstance instance)
    {
        variables.TryAdd("OTEL_SERVICE_NAME", instance.Resource.Name);
        var id = $"service.instance.id={instance.Suffix}";
        variables["OTEL_RESOURCE_ATTRIBUTES"] = variables.TryGetValue("OTEL_RESOURCE_ATTRIBUTES", out var more) && more.Length > 0 ? $"{id},{more}" : id;
    }

    // The one this process itself runs on.
    private static string DotNet()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }
}
