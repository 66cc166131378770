using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MovieFriends.AppHost;

/// <summary>Aspire's orchestrator: programs beside this one that stop everything else and end last.</summary>
internal sealed class Orchestrator
{
    private const string Program = "dcp";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    // The first of the programs is told whose it is, the others share its file of connection data.
    private string[] _connectionData = [];

    private Orchestrator()
    {
    }

    /// <summary>The one of an application that is about to run.</summary>
    public static Orchestrator Of(DistributedApplication application)
    {
        var orchestrator = new Orchestrator();
        application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(orchestrator.Find);
        return orchestrator;
    }

    /// <summary>Waits until it has ended, so that whoever waits for this process waits for all that it started.</summary>
    public void WaitForEnd()
    {
        var start = Stopwatch.GetTimestamp();
        while (CommandLines().Any(line => Array.Exists(_connectionData, line.Contains)) && Stopwatch.GetElapsedTime(start) < s_timeout)
            Thread.Sleep(s_interval);
    }

    private void Find()
    {
        var own = $"--monitor {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} ";
        _connectionData = [.. CommandLines().Where(line => line.Contains(own, StringComparison.Ordinal)).Select(ConnectionData).OfType<string>()];
    }

    private static string? ConnectionData(string commandLine) => commandLine.Split(' ').SkipWhile(word => word != "--kubeconfig").ElementAtOrDefault(1);

    // Only on Linux does a process let others read its command line; elsewhere nothing is found, and nothing waited for.
    private static IEnumerable<string> CommandLines()
    {
        foreach (var process in OperatingSystem.IsLinux() ? Process.GetProcessesByName(Program) : [])
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
