using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The manifest while it is written.</summary>
public sealed class ManifestPublishingContext(DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
{
    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The file.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>Its writer, inside the resource's object.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Cancelled when publishing is given up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A path as seen from the manifest's folder, with forward slashes.</summary>
    public string? GetManifestRelativePath(string? path) =>
        path is null ? null : Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!, path).Replace('\\', '/');

    /// <summary>Writes the connection string, if the resource has one.</summary>
    public void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: { } connectionString })
            Writer.WriteString("connectionString", connectionString.ValueExpression);
    }

    /// <summary>Writes the endpoints.</summary>
    public void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        if (endpoints.Length == 0)
            return;
        Writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && !(resource is ProjectResource))
                Writer.WriteNumber("port", port);
            if (endpoint.TargetPort is { } targetPort)
                Writer.WriteNumber("targetPort", targetPort);
            if (endpoint.IsExternal)
                Writer.WriteBoolean("external", true);
            Writer.WriteEndObject();
        }
        Writer.WriteEndObject();
    }

    /// <summary>Writes the environment variables.</summary>
    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        var variables = await ResourceConfiguration.GetEnvironmentAsync(resource, ExecutionContext, Caller(resource), CancellationToken);
        if (variables.Count == 0)
            return;
        Writer.WriteStartObject("env");
        foreach (var (name, value) in variables)
            Writer.WriteString(name, value);
        Writer.WriteEndObject();
    }

    /// <summary>Writes the arguments.</summary>
    public async Task WriteCommandLineArgumentsAsync(IResource resource)
    {
        var arguments = await ResourceConfiguration.GetArgumentsAsync(resource, ExecutionContext, Caller(resource), CancellationToken);
        if (arguments.Count == 0)
            return;
        Writer.WriteStartArray("args");
        foreach (var argument in arguments)
            Writer.WriteStringValue(argument);
        Writer.WriteEndArray();
    }

    /// <summary>Writes a container.</summary>
    /// <exception cref="DistributedApplicationException">It has no image.</exception>
    public async Task WriteContainerAsync(ContainerResource container)
    {
        if (!container.TryGetContainerImageName(out var image))
            throw new DistributedApplicationException($"The container '{container.Name}' has no image.");
        Writer.WriteString("type", "container.v0");
        WriteConnectionString(container);
        Writer.WriteString("image", image);
        if (container.Entrypoint is { } entrypoint)
            Writer.WriteString("entrypoint", entrypoint);
        await WriteCommandLineArgumentsAsync(container);
        WriteMounts(container, ContainerMountType.BindMount, "bindMounts", "source");
        WriteMounts(container, ContainerMountType.Volume, "volumes", "name");
        await WriteEnvironmentVariablesAsync(container);
        WriteBindings(container);
    }

    private void WriteMounts(ContainerResource container, ContainerMountType type, string property, string sourceProperty)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().Where(m => m.Type == type).ToArray();
        if (mounts.Length == 0)
            return;
        Writer.WriteStartArray(property);
        foreach (var mount in mounts)
        {
            Writer.WriteStartObject();
            if (mount.Source is { } source)
                Writer.WriteString(sourceProperty, type == ContainerMountType.BindMount ? GetManifestRelativePath(source) : source);
            Writer.WriteString("target", mount.Target);
            Writer.WriteBoolean("readOnly", mount.IsReadOnly);
            Writer.WriteEndObject();
        }
        Writer.WriteEndArray();
    }

    private ValueProviderContext Caller(IResource resource) => new() { Caller = resource, ExecutionContext = ExecutionContext };
}
