using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

/// <summary>Kafka, the graph database and whatever they need.</summary>
internal sealed class DemoServers(DistributedApplicationModel model, ResourceNotificationService notifications, DemoWatch watch, IAnsiConsole console)
{
    private IEnumerable<IResource> Servers => model.Resources.OfType<IResourceWithConnectionString>().Where(resource => resource is not ParameterResource);

    /// <summary>Takes the time until all are healthy. Does not fail when one is not: the services that need it tell.</summary>
    public async Task TimeStartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Servers.Select(server => notifications.WaitForResourceHealthyAsync(server.Name, cancellationToken)));
        watch.ServersAreReady();
    }

    /// <summary>Shows where they listen.</summary>
    public void ShowAddresses()
    {
        foreach (var server in model.Resources.OfType<IResourceWithEndpoints>().Where(resource => resource is not ProjectResource))
        {
            foreach (var endpoint in server.GetEndpoints().Where(endpoint => endpoint.IsAllocated))
                console.WriteLine($"  {server.Name}: {endpoint.Url}");
        }
    }
}
