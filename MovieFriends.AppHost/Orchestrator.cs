using System.Diagnostics;
using System.Globalization;

namespace MovieFriends.AppHost;

/// <summary>Aspire's orchestrator, a program of its own that stops everything else and ends last.</summary>
internal static class Orchestrator
{
    private const string Program = "dcp";

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the orchestrator of this process has ended, so that whoever waits for this process waits for all that it started.</summary>
    /// <param name="timeout">How long at the most.</param>
    public static void WaitForEnd(TimeSpan timeout)
    {
        // Only here does a process let others read its command line.
        if (!OperatingSystem.IsLinux())
            return;

        var start = Stopwatch.GetTimestamp();
        var own = $"--monitor {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} ";
        while (CommandLines().Any(line => line.Contains(own, StringComparison.Ordinal)) && Stopwatch.GetElapsedTime(start) < timeout)
            Thread.Sleep(s_interval);
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (var process in Process.GetProcessesByName(Program))
        {
            using (process)
                yield return CommandLine(process.Id);
        }
    }

    private static string CommandLine(int processId)
    {
        try
        {
            // Empty for one that has ended and is not collected yet.
            return File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/cmdline").Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
