using System.ComponentModel;
using System.Diagnostics;

namespace MovieFriends.Machine;

/// <summary>A process that the AppHost wrote down. A process id is used again sooner or later, so its start counts as well.</summary>
/// <param name="Resource">What it is.</param>
/// <param name="Pid">Its id.</param>
/// <param name="StartTime">When it started by the clock on the wall, which may be set meanwhile.</param>
/// <param name="StartTicks">When it started, in clock ticks since the machine's start, where the system tells; counts alone then.</param>
internal sealed record RecordedProcess(string Resource, int Pid, DateTimeOffset StartTime, long? StartTicks = null)
{
    // The start time is computed from the time since boot and may come out a little different each time.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);

    public bool IsAlive
    {
        get
        {
            using var process = Find();
            return process is not null;
        }
    }

    /// <summary>Asks it to stop, waits for <paramref name="timeout"/>, then kills it.</summary>
    public async Task StopAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var process = Find();
        if (process is null)
            return;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            if (Signals.TryTerminate(process))
                await process.WaitForExitAsync(limit.Token);
            else
                process.Kill(entireProcessTree: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync(cancellationToken);
    }

    private Process? Find()
    {
        Process? process = null;
        try
        {
            process = Process.GetProcessById(Pid);
            if (!process.HasExited && IsIt(process))
                return process;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended, or is not ours to look at.
        }

        process?.Dispose();
        return null;
    }

    private bool IsIt(Process process) => StartTicks is { } ticks && ProcessAge.Ticks(Pid) is { } now
        ? ticks == now
        : (process.StartTime.ToUniversalTime() - StartTime.UtcDateTime).Duration() <= s_tolerance;
}
