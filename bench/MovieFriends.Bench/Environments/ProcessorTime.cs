using System.ComponentModel;
using System.Diagnostics;

namespace MovieFriends.Bench.Environments;

/// <summary>
/// The processor time of a process, which is nobody's business any more once it has ended: it is looked at until then. On a machine
/// that does other things meanwhile it says more than the time on the clock.
/// </summary>
internal static class ProcessorTime
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <returns>Seconds, less what the last moments took.</returns>
    public static async Task<double> FollowAsync(int pid, Task ended)
    {
        var last = TimeSpan.Zero;
        using var ticks = new PeriodicTimer(s_interval);
        try
        {
            using var process = Process.GetProcessById(pid);
            while (!ended.IsCompleted)
            {
                last = process.TotalProcessorTime;
                await ticks.WaitForNextTickAsync();
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or Win32Exception)
        {
            // It has ended between two looks.
        }

        return last.TotalSeconds;
    }
}
