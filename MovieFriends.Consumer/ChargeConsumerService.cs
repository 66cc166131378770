using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Polling;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Consumer;

/// <summary>Prepares graph, topics and itself, runs the poll thread, and reports in the end.</summary>
internal sealed partial class ChargeConsumerService(
    ConsumerPreparation preparation,
    PollThread polling,
    ConsumerProgress progress,
    ServiceExit exit,
    IOptions<ConsumerOptions> options,
    TimeProvider time,
    ILogger<ChargeConsumerService> logger) : BackgroundService
{
    private static readonly TimeSpan s_nameInterval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            await preparation.RunAsync(stoppingToken);
            using (progress.Start())
                await polling.RunAsync(stoppingToken);
            progress.Report();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before it began.
        }
        catch (InstanceIdInUseException)
        {
            // Who was killed has its name until its session ends, and Kafka's client does not ask a second time.
            LogNameInUse(logger, options.Value.InstanceId, s_nameInterval.TotalSeconds);
            await Task.Delay(s_nameInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            exit.StartAgain();
        }
        catch (FatalException exception)
        {
            LogFatal(logger, exception.Message);
            exit.Stop(ServiceRunner.Failed);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Consumer:InstanceId {InstanceId} is still used in the group: by another process, or by one that was killed, until its session ends (45 s by default on the broker). This consumer starts anew in {Seconds} s. If there is another process, give each its own.")]
    private static partial void LogNameInUse(ILogger logger, string? instanceId, double seconds);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);
}
