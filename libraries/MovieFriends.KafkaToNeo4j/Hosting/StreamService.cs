using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>Runs a stream: prepares graph, topics and itself, runs the poll thread, does all that again if it has to, and reports in the end.</summary>
internal sealed partial class StreamService(
    IServiceProvider provider, StreamSettings settings, StreamState state, StreamsUnderWay streams, TimeProvider time, ILogger<StreamService> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_newClientInterval = TimeSpan.FromSeconds(5);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        streams.Add();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var outcome = RunOutcome.Failed;
        try
        {
            do
                outcome = await RunOnceAsync(stoppingToken);
            while (outcome == RunOutcome.StartAgain && !stoppingToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            outcome = RunOutcome.Stopped;
        }
        catch (FatalException exception)
        {
            LogFatal(logger, exception.Message);
        }
#pragma warning disable CA1031 // Rows and writers are the application's: whatever they throw, it is said, and the exit code says so, too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(logger, settings.Topic.Name, exception);
        }
        finally
        {
            streams.Ended(outcome);
        }
    }

    private async Task<RunOutcome> RunOnceAsync(CancellationToken stoppingToken)
    {
        var threads = new EngineThreads(time);
        var end = new StreamEnd(threads);
        var services = StreamServices.Build(provider, settings, state, end, threads);
        PollThread? polling = null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, end.Token);
        try
        {
            if (settings.Prepare is { } prepare)
                await prepare(provider, stoppingToken);
            await services.GetRequiredService<StreamPreparation>().RunAsync(stoppingToken);
            var progress = services.GetRequiredService<StreamProgress>();
            polling = services.GetRequiredService<PollThread>();
            using (progress.Start())
                await polling.RunAsync(over.Token);
            if (end.Outcome != RunOutcome.StartAgain)
                settings.Ended?.Invoke(provider, progress.Report());
            return end.Outcome;
        }
        catch (NewClientNeededException exception)
        {
            LogNewClientNeeded(exception);
            await Task.Delay(s_newClientInterval, time, stoppingToken);
            return RunOutcome.StartAgain;
        }
        finally
        {
            Dispose(services, polling?.Unfinished ?? Task.CompletedTask);
        }
    }

    private void LogNewClientNeeded(NewClientNeededException exception)
    {
        var options = settings.Options;
        var seconds = s_newClientInterval.TotalSeconds;
        var reason = exception.Message.TrimEnd('.');
        switch (exception.Code)
        {
            case ErrorCode.UnreleasedInstanceId:
                // Who was killed has its name until its session ends.
                LogNameInUse(logger, options.Key(nameof(StreamOptions.InstanceId)), options.InstanceId, seconds);
                break;
            case ErrorCode.GroupIdNotFound:
                LogGroupClosed(logger, options.GroupId, reason, seconds, options.Key(nameof(StreamOptions.GroupId)));
                break;
            default:
                LogClientStopped(logger, reason, seconds);
                break;
        }
    }

    // A broker that is away can hold up a client's last calls for longer than anybody waits for them. What they come to is for who has made them.
    private static void Dispose(ServiceProvider services, Task unfinished)
    {
        if (unfinished.IsCompleted)
            services.Dispose();
        else
            _ = unfinished.ContinueWith(_ => services.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [LoggerMessage(LogLevel.Warning, "{Option} {InstanceId} is still used in the group: by another process, or by one that was killed, until its session ends (45 s by default on the broker). This consumer starts anew in {Seconds} s. If there is another process, give each its own.")]
    private static partial void LogNameInUse(ILogger logger, string option, string? instanceId, double seconds);

    [LoggerMessage(LogLevel.Warning, "Group {Group} does not let this consumer in, or no longer knows it: {Reason}. As long as it has members of the older protocol (GroupProtocol Classic), it takes none of the newer one. This consumer starts anew in {Seconds} s, until it is let in; nothing is lost. Stop the other members, or name another group in {Option}.")]
    private static partial void LogGroupClosed(ILogger logger, string group, string reason, double seconds, string option);

    [LoggerMessage(LogLevel.Warning, "Kafka's client has stopped: {Reason}. This consumer starts anew with a new client in {Seconds} s; nothing is lost.")]
    private static partial void LogClientStopped(ILogger logger, string reason, double seconds);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "The stream of {Topic} failed where nobody expected it.")]
    private static partial void LogFailed(ILogger logger, string topic, Exception exception);
}
