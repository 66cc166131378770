using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Aspire's orchestrator: programs beside this one that stop everything else and end last.</summary>
internal sealed class Orchestrator
{
    private const string Program = "dcp";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    // The first of the programs is told whose it is, the second shares its file of connection data, and those that see to a started process are told of the second.
    private string[] _marks = [];

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
        while (Programs().Any(program => Array.Exists(_marks, program.CommandLine.Contains)) && Stopwatch.GetElapsedTime(start) < s_timeout)
            Thread.Sleep(s_interval);
    }

    private void Find()
    {
        var programs = Programs().ToArray();
        string[] connectionData = [.. programs.Where(program => program.CommandLine.Contains(Monitors(Environment.ProcessId), StringComparison.Ordinal)).Select(program => ConnectionData(program.CommandLine)).OfType<string>()];
        var sharing = programs.Where(program => Array.Exists(connectionData, program.CommandLine.Contains));
        _marks = [.. connectionData, .. sharing.Select(program => Monitors(program.Id))];
    }

    private static string Monitors(int processId) => $"--monitor {processId.ToString(CultureInfo.InvariantCulture)} ";

    private static string? ConnectionData(string commandLine) => commandLine.Split(' ').SkipWhile(word => word != "--kubeconfig").ElementAtOrDefault(1);

    // Only on Linux does a process let others read its command line; elsewhere nothing is found, and nothing waited for.
    private static IEnumerable<(int Id, string CommandLine)> Programs()
    {
        foreach (var process in OperatingSystem.IsLinux() ? Process.GetProcessesByName(Program) : [])
        {
            using (process)
                yield return (process.Id, CommandLine(process.Id));
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
