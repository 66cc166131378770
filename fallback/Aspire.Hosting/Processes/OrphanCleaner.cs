using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Processes;

/// <summary>Ends what an AppHost that was killed has left running.</summary>
internal sealed partial class OrphanCleaner(string folder, ILogger logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            // Other files may live here; what is no record of a run is left alone.
            if (!int.TryParse(Path.GetFileNameWithoutExtension(file), out _) || RunRecord.Read(file) is not { AppHost: not null } record || record.AppHost.IsAlive)
                continue;
            await Task.WhenAll(record.Processes.Where(p => p.Identity.IsAlive).Select(p => EndAsync(p, record.AppHost.Pid, cancellationToken)));
            File.Delete(file);
        }
    }

    private async Task EndAsync(RecordedProcess process, int appHost, CancellationToken cancellationToken)
    {
        LogEnding(logger, process.Resource, process.Pid, appHost);
        Signal(process.Pid, force: false);
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(s_poll);
        while (process.Identity.IsAlive && Stopwatch.GetElapsedTime(started) < s_patience)
            await timer.WaitForNextTickAsync(cancellationToken);
        if (process.Identity.IsAlive)
            Signal(process.Pid, force: true);
        while (process.Identity.IsAlive)
            await timer.WaitForNextTickAsync(cancellationToken);
    }

    private static void Signal(int pid, bool force)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Each was started as the leader of a group.
            _ = UnixNative.Kill(-pid, force ? UnixNative.SigKill : UnixNative.SigTerm);
            return;
        }
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    [LoggerMessage(LogLevel.Information, "Ending '{Resource}' (process {Pid}), left running by AppHost {AppHost}, which was killed.")]
    private static partial void LogEnding(ILogger logger, string resource, int pid, int appHost);
}
