namespace Aspire.Hosting.ApplicationModel;

/// <summary>What container apps and jobs run in: an environment of Azure Container Apps with registry, identity, logs, dashboard and file shares.</summary>
/// <param name="name">The name of the resource.</param>
public sealed class ContainerAppEnvironmentResource(string name) : Resource(name);
