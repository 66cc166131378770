using System.ComponentModel;
using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;

namespace MovieFriends.AppHost.Commands;

/// <summary>A command that opens a resource's page.</summary>
internal static class BrowserCommandExtensions
{
    /// <summary>Adds the command where the resource has such an endpoint; elsewhere it does nothing.</summary>
    public static IResourceBuilder<T> WithBrowserCommand<T>(this IResourceBuilder<T> builder, string endpointName)
        where T : IResource
    {
        if (builder.Resource is not IResourceWithEndpoints resource || !resource.TryGetEndpoints(out var endpoints) || !endpoints.Any(e => e.Name == endpointName))
            return builder;

        return builder.WithCommand(
            "open-browser",
            "Open browser",
            _ => Task.FromResult(Open(resource.GetEndpoint(endpointName).Url)),
            new CommandOptions
            {
                Description = "Opens Neo4j Browser, to look at the graph",
                IconName = "Open",
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
    }

    // Beside the AppHost, where the address means something; who sits elsewhere finds it in the message.
    private static ExecuteCommandResult Open(string url)
    {
        try
        {
            using var opening = Process.Start(new ProcessStartInfo(url) { UseShellExecute = true });
            return CommandResults.Success(url);
        }
        catch (Exception exception) when (exception is Win32Exception or PlatformNotSupportedException)
        {
            return CommandResults.Failure($"No browser can be opened here ({exception.Message}). The page is {url}");
        }
    }
}
