using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;
using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

/// <summary>Runs the job beside the application, sets the exit code, and stops the application.</summary>
internal sealed class DemoService(
    DemoJob job, DemoServers servers, DemoStages stages, DemoOptions options, IHostApplicationLifetime lifetime, IAnsiConsole console) : BackgroundService
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            var verifier = await job.RunAsync(stages, ending.Token);
            Environment.ExitCode = verifier.AllOk ? 0 : Failed;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            console.WriteLine("Interrupted.");
            Environment.ExitCode = Interrupted;
            return;
        }
        catch (Exception exception) when (exception is FatalException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            Environment.ExitCode = Failed;
        }

        if (options.KeepRunning && Environment.ExitCode == 0)
        {
            console.WriteLine("Still running, until Ctrl-C:");
            servers.ShowAddresses();
            return;
        }

        lifetime.StopApplication();
    }
}
