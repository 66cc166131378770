using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Contracts.Reporting;
using Spectre.Console;

namespace MovieFriends.AppHost.Live;

/// <summary>Redraws the table on the terminal, once a second and until the application stops. What else is to be said stands above it.</summary>
internal sealed partial class LiveView(
    LiveServices services, ServiceReader reader, LiveFigures figures, ResourceStates resources, IHostApplicationLifetime lifetime, IAnsiConsole console, TimeProvider time, ILogger<LiveView> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var following = resources.FollowAsync(ending.Token);
        try
        {
            var drawing = console.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(context => DrawAsync(context, ending.Token));
            await await Task.WhenAny(following, drawing);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            console.WriteLine("Stopping ...");
        }
#pragma warning disable CA1031 // What cannot be shown must not end what runs.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogEnd(logger, exception);
        }
    }

    private async Task DrawAsync(LiveDisplayContext context, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        do
        {
            // All at once: one that takes its time must not hold up the others.
            var (producer, consumer) = (reader.StatusAsync(services.Producer, ReportJson.Default.ProducerStatus, cancellationToken), reader.StatusAsync(services.Consumer, ReportJson.Default.ConsumerStatus, cancellationToken));
            var problems = await ProblemsAsync(cancellationToken);
            var now = figures.Add(await producer, await consumer);
            context.UpdateTarget(LiveTables.Create(resources.Read(problems), now, console.Profile.Width));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<Dictionary<string, string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, string>();
        ProjectResource[] asked = [services.Producer, services.Consumer];
        var answers = await Task.WhenAll(asked.Select(service => reader.ProblemAsync(service, cancellationToken)));
        for (var i = 0; i < asked.Length; i++)
        {
            if (answers[i] is { } problem)
                problems[asked[i].Name] = problem;
        }

        return problems;
    }

    [LoggerMessage(LogLevel.Warning, "The live view ends; the application goes on.")]
    private static partial void LogEnd(ILogger logger, Exception exception);
}
