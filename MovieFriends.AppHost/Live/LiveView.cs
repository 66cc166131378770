using Microsoft.Extensions.Hosting;
using MovieFriends.Contracts.Reporting;
using Spectre.Console;

namespace MovieFriends.AppHost.Live;

/// <summary>Redraws the table on the terminal, once a second and until the application stops. What else is to be said stands above it.</summary>
internal sealed class LiveView(
    LiveServices services, ServiceReader reader, LiveFigures figures, ResourceStates resources, IHostApplicationLifetime lifetime, IAnsiConsole console, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var following = resources.FollowAsync(ending.Token);
        try
        {
            await console.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(context => DrawAsync(context, ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            console.WriteLine("Stopping ...");
        }

        await following.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task DrawAsync(LiveDisplayContext context, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            var now = figures.Add(
                await reader.StatusAsync(services.Producer, ReportJson.Default.ProducerStatus, cancellationToken),
                await reader.StatusAsync(services.Consumer, ReportJson.Default.ConsumerStatus, cancellationToken));
            context.UpdateTarget(LiveTables.Create(resources.Read(await ProblemsAsync(cancellationToken)), now));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<Dictionary<string, string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, string>();
        foreach (var service in new[] { services.Producer, services.Consumer })
        {
            if (await reader.ProblemAsync(service, cancellationToken) is { } problem)
                problems[service.Name] = problem;
        }

        return problems;
    }
}
