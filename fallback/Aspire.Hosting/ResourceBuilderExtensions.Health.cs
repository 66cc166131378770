using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds facts to resources: here, health checks and commands.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Lets a registered health check speak for the resource.</summary>
    /// <exception cref="DistributedApplicationException">It does so already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource =>
        builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key)
            ? throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' has the health check '{key}' already.")
            : builder.WithAnnotation(new HealthCheckAnnotation(key));

    /// <summary>Asks an HTTP endpoint how the resource is.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; <c>/</c> unless said.</param>
    /// <param name="statusCode">The status of a healthy answer; 200 unless said.</param>
    /// <param name="endpointName">The endpoint; <c>http</c> unless said.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints => builder.WithHttpHealthCheck(() => endpointName is null ? DefaultHttpEndpoint(builder.Resource) : builder.GetEndpoint(endpointName), path, statusCode);

    /// <summary>Asks an HTTP endpoint how the resource is.</summary>
    /// <exception cref="DistributedApplicationException">The endpoint is not there, or speaks no HTTP.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = endpointSelector?.Invoke() ?? DefaultHttpEndpoint(builder.Resource);
        if (!endpoint.Exists || !(endpoint.IsHttp || endpoint.IsHttps))
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' cannot have an HTTP health check: it has no HTTP endpoint named '{endpoint.EndpointName}'. Call WithHttpEndpoint first.");
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path ?? "/"}_{statusCode ?? 200}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, _ => new HttpEndpointHealthCheck(endpoint, path ?? "/", statusCode ?? 200), failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }

    /// <summary>Adds a command, or puts it in the place of one of the same name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name by which it is given, such as <c>restart</c>.</param>
    /// <param name="displayName">The name shown.</param>
    /// <param name="executeCommand">What it does; an exception counts as a failure, and its message as what it has to say.</param>
    /// <param name="commandOptions">How and when it is shown; always, without a question, unless said.</param>
    [OverloadResolutionPriority(1)]
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null)
        where T : IResource
    {
        var options = commandOptions ?? new CommandOptions();
        foreach (var old in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(c => c.Name == name).ToArray())
            builder.Resource.Annotations.Remove(old);
        return builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, options.UpdateState ?? (_ => ResourceCommandState.Enabled), executeCommand,
            options.Description, parameter: null, options.ConfirmationMessage, options.IconName, options.IconVariant, options.IsHighlighted) { Visibility = options.Visibility });
    }

    private static EndpointReference DefaultHttpEndpoint(IResourceWithEndpoints resource)
    {
        var endpoints = resource.GetEndpoints().ToArray();
        return endpoints.FirstOrDefault(e => e.EndpointName == "https") ?? endpoints.FirstOrDefault(e => e.EndpointName == "http") ?? resource.GetEndpoint("http");
    }
}
