using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Processes;

/// <summary>The commands every started resource has.</summary>
internal static class ResourceCommands
{
    public static void Add(IResource resource, Func<string, Task<ExecuteCommandResult>> start, Func<string, Task<ExecuteCommandResult>> stop)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", running: false, c => start(c.ResourceName));
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", running: true, c => stop(c.ResourceName));
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", running: true, async c =>
        {
            var stopped = await stop(c.ResourceName);
            return stopped.Success ? await start(c.ResourceName) : stopped;
        });
    }

    private static void Add(IResource resource, string name, string displayName, string icon, bool running, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> execute) =>
        resource.Annotations.Add(new ResourceCommandAnnotation(name, displayName, c => StateOf(c.ResourceSnapshot, running), execute,
            displayDescription: null, parameter: null, confirmationMessage: null, icon, IconVariant.Filled, isHighlighted: true));

    private static ResourceCommandState StateOf(CustomResourceSnapshot snapshot, bool running)
    {
        var state = snapshot.State?.Text;
        var isDown = state is null || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);
        return isDown == running ? ResourceCommandState.Hidden
            : state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled
            : ResourceCommandState.Enabled;
    }
}
