using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.Chaos.Processes;

namespace MovieFriends.Chaos.Servers;

/// <summary>A server that the AppHost runs as a process of this machine.</summary>
/// <param name="app">The application that it belongs to.</param>
/// <param name="name">Its resource's name.</param>
/// <param name="answers">Asks the server itself, past any link, whether it is in service.</param>
internal sealed class Server(DistributedApplication app, string name, Func<CancellationToken, Task<bool>> answers)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private int? _paused;

    private ResourceNotificationService Notifications => app.ResourceNotifications;

    public string Name => name;

    /// <summary>The process now, or the last one if there is none.</summary>
    public int ProcessId => Notifications.TryGetCurrentState(name, out var current) && PidOf(current) is { } pid
        ? pid
        : throw new InvalidOperationException($"{name} has no process: it was never started.");

    /// <summary>SIGKILL.</summary>
    public void Kill() => Signals.Kill(ProcessId);

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Signals.Terminate(ProcessId);

    /// <summary>SIGSTOP.</summary>
    public void Pause()
    {
        _paused = ProcessId;
        Signals.Pause(_paused.Value);
    }

    /// <summary>SIGCONT, if it is paused.</summary>
    public void Continue()
    {
        if (_paused is { } pid)
            Signals.Continue(pid);
        _paused = null;
    }

    /// <summary>Waits until the process has ended.</summary>
    public Task ExitedAsync(CancellationToken cancellationToken) =>
        WaitForAsync("ends", IsDownIn, cancellationToken);

    /// <summary>Starts it again once its process has ended, and waits until it is in service.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await ExitedAsync(cancellationToken);
        var last = ProcessId;
        var resource = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == name);
        var result = await app.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, cancellationToken);
        if (!result.Success)
            throw new InvalidOperationException($"{name} could not be started again: {result.Message}");
        await WaitForAsync("is started again", current => !IsDownIn(current) && PidOf(current) != last, cancellationToken);
        await InServiceAsync(cancellationToken);
    }

    /// <summary>Whether its process has ended.</summary>
    public bool IsDown => Notifications.TryGetCurrentState(name, out var current) && IsDownIn(current);

    /// <summary>Whether it is in service.</summary>
    public Task<bool> AnswersAsync(CancellationToken cancellationToken) => answers(cancellationToken);

    /// <summary>Waits until the server answers.</summary>
    public Task InServiceAsync(CancellationToken cancellationToken) =>
        Wait.UntilAsync($"{name} answers", s_timeout, () => answers(cancellationToken), cancellationToken);

    private async Task WaitForAsync(string what, Func<ResourceEvent, bool> condition, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_timeout);
        try
        {
            await Notifications.WaitForResourceAsync(name, condition, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Within {s_timeout.TotalSeconds:0} s it did not happen: {name} {what}.");
        }
    }

    private static bool IsDownIn(ResourceEvent current) =>
        current.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    private static int? PidOf(ResourceEvent current) =>
        current.Snapshot.Properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value is { } value
            ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
            : null;
}
