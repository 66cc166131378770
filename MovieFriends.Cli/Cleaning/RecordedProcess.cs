using System.ComponentModel;
using System.Diagnostics;
using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Cleaning;

/// <summary>A process that the AppHost wrote down. A process id is used again sooner or later, so the start time counts as well.</summary>
internal sealed record RecordedProcess(string Resource, int Pid, DateTimeOffset StartTime)
{
    // The start time is computed from the time since boot and may come out a little different each time.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public bool IsAlive
    {
        get
        {
            using var process = Find();
            return process is not null;
        }
    }

    /// <summary>Asks it to stop, waits for <paramref name="patience"/>, then kills it.</summary>
    public async Task StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var process = Find();
        if (process is null)
            return;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
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
            if (!process.HasExited && (process.StartTime.ToUniversalTime() - StartTime.UtcDateTime).Duration() <= Tolerance)
                return process;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended, or is not ours to look at.
        }

        process?.Dispose();
        return null;
    }
}
