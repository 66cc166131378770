using System.Diagnostics;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>What an AppHost has started, as Linux shows it.</summary>
internal static class ChildProcesses
{
    /// <summary>The orchestrators that serve an AppHost, by their command lines.</summary>
    public static IReadOnlyList<int> OrchestratorsOf(int appHost)
    {
        var found = new List<int>();
        foreach (var process in Process.GetProcessesByName("dcp"))
        {
            using (process)
            {
                if (CommandLine(process.Id).Contains($"--monitor {appHost} ", StringComparison.Ordinal))
                    found.Add(process.Id);
            }
        }

        return found;
    }

    /// <summary>The command lines of all programs of .NET and of the orchestrator, for whoever looks for one that should have ended.</summary>
    public static IReadOnlyList<string> CommandLines()
    {
        var found = new List<string>();
        foreach (var process in (Process[])[.. Process.GetProcessesByName("dotnet"), .. Process.GetProcessesByName("dcp")])
        {
            using (process)
                found.Add($"{process.Id} {CommandLine(process.Id)}");
        }

        return found;
    }

    /// <summary>Whether a process is there; one that has ended, and that nobody has collected yet, is not.</summary>
    public static bool IsAlive(int process) => CommandLine(process).Length > 0;

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
