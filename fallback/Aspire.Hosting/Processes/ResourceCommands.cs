using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>The commands every started resource has, offered in the same states as by the official host.</summary>
internal static class ResourceCommands
{
    public static void Add(IResource resource, Func<string, Task<ExecuteCommandResult>> start, Func<string, Task<ExecuteCommandResult>> stop)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Start resource", "Play", IconVariant.Filled, isHighlighted: true, CanStart,
            c => ExecuteAsync(resource, "started", () => start(c.ResourceName)));
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop resource", "Stop", IconVariant.Filled, isHighlighted: true, CanStop,
            c => ExecuteAsync(resource, "stopped", () => stop(c.ResourceName)));
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", RestartDescription(resource), "ArrowCounterclockwise", IconVariant.Regular, isHighlighted: false, CanRestart,
            c => ExecuteAsync(resource, "restarted", async () =>
            {
                var stopped = await stop(c.ResourceName);
                return stopped.Success ? await start(c.ResourceName) : stopped;
            }));
    }

    private static void Add(IResource resource, string name, string displayName, string description, string icon, IconVariant variant, bool isHighlighted,
        Func<string?, ResourceCommandState> stateOf, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> execute)
    {
        // The application may have put its own in this one's place.
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == name))
            return;
        resource.Annotations.Add(new ResourceCommandAnnotation(name, displayName, c => stateOf(c.ResourceSnapshot.State?.Text), execute,
            description, parameter: null, confirmationMessage: null, icon, variant, isHighlighted));
    }

    private static async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string done, Func<Task<ExecuteCommandResult>> execute)
    {
        var result = await execute();
        return result is { Success: true, Message: null } ? CommandResults.Success($"Resource '{resource.Name}' was {done}.") : result;
    }

    private static string RestartDescription(IResource resource) =>
        resource is ProjectResource ? "Restart resource as it was built" : "Restart resource";

    private static ResourceCommandState CanStart(string? state) =>
        IsDown(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Enabled
        : IsStarting(state) ? ResourceCommandState.Disabled
        : ResourceCommandState.Hidden;

    private static ResourceCommandState CanStop(string? state) =>
        state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled
        : IsDown(state) || IsStarting(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Hidden
        : ResourceCommandState.Enabled;

    private static ResourceCommandState CanRestart(string? state) =>
        state == KnownResourceStates.Stopping || IsDown(state) || IsStarting(state) || state == KnownResourceStates.Waiting
            ? ResourceCommandState.Disabled
            : ResourceCommandState.Enabled;

    private static bool IsDown(string? state) =>
        state is not null && (state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state));

    private static bool IsStarting(string? state) =>
        string.IsNullOrEmpty(state) || state == KnownResourceStates.Starting || state == KnownResourceStates.RuntimeUnhealthy;
}
