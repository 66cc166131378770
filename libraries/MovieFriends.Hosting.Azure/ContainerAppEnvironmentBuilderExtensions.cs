using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ContainerApps;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Extensions;

namespace Aspire.Hosting;

/// <summary>Adds environments of Azure Container Apps to an application.</summary>
public static class ContainerAppEnvironmentBuilderExtensions
{
    /// <summary>
    /// Publishes every container and project of the application to one environment of Azure Container Apps, which <c>azd up</c> makes. What does
    /// not say how it is published becomes an app with one replica. Nothing changes where the application runs on this machine.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    public static IResourceBuilder<ContainerAppEnvironmentResource> AddContainerAppEnvironment(this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var environment = new ContainerAppEnvironmentResource(name);
        if (!builder.ExecutionContext.IsPublishMode)
            return builder.CreateResourceBuilder(environment);

        builder.Services.AddSingleton<IDistributedApplicationEventingSubscriber>(new PublishingSubscriber(environment));
        return builder.AddResource(environment).WithManifestPublishingCallback(context => EnvironmentModule.Write(context, builder.Resources));
    }

    /// <summary>A parameter that whoever deploys can set. If there is one of that name, it is returned.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name. azd has no use for a dash in the name of a parameter with a default.</param>
    /// <param name="value">The default; a parameter without one is a secret that azd asks for.</param>
    /// <exception cref="ConfigurationException">There is a default, and a dash in the name.</exception>
    public static IResourceBuilder<ParameterResource> AddDeploymentParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? value = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name) is { } known)
            return builder.CreateResourceBuilder(known);
        if (value is null)
            return builder.AddParameter(name, secret: true);

        return name.Contains('-', StringComparison.Ordinal)
            ? throw new ConfigurationException($"{name}: azd cannot have a dash in the name of a parameter with a default.")
            : builder.AddParameter(name, value, publishValueAsDefault: true);
    }
}
