using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Lanes;
using MovieFriends.Consumer.Polling;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Contracts.Graph;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Neo4j;
using MovieFriends.ServiceDefaults.Hosting;
using Neo4j.Driver;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.Consumer;

/// <summary>Prepares graph, topics and itself, runs the poll thread, and reports in the end.</summary>
internal sealed partial class ChargeConsumerService(
    PollLoop loop,
    OffsetCommitter committer,
    StopCondition stop,
    ConsumerStatistics statistics,
    TopicReadiness readiness,
    WarmUp warmUp,
    TopicIdentity identity,
    LagWatch lag,
    IConsumer<MessageBytes, MessageBytes> consumer,
    IDriver driver,
    Neo4jDriverSettings settings,
    GraphRetry retry,
    ServiceExit exit,
    IOptions<ProgressOptions> progress,
    IOptions<ConsumerOptions> options,
    TimeProvider time,
    ILogger<ChargeConsumerService> logger) : BackgroundService
{
    private static readonly TimeSpan s_commitPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_nameInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_watchPatience = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            await retry.RunAsync(() => GraphSchema.EnsureAsync(driver, settings.Database, GraphNames.Keys, stoppingToken), stoppingToken);
            if (await retry.RunAsync(() => NodeKeys.FindForeignAsync(driver, settings.Database, GraphNames.User, GraphNames.UserId), stoppingToken) is { } foreign)
                throw new FatalException(ForeignUsers.Explain(foreign.Value));
            var partitions = await readiness.WaitAsync(consumer.Handle, stoppingToken);
            await warmUp.RunAsync(partitions.Count, stoppingToken);
            await ConsumeAsync(stoppingToken);
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

    private async Task ConsumeAsync(CancellationToken stoppingToken)
    {
        await RunLoopAsync(stoppingToken);
        var report = statistics.Report();
        LogSummary(logger, report.Messages, report.Seconds, report.ChargesPerSecond, report.MegabytesPerSecond, report.Batches, report.Created, report.Updated, report.DeadLettered, report.UnknownUsers, report.Deadlocks);
        StageLog.Report(logger, "consumer", report, ReportJson.Default.ConsumerReport);
    }

    private async Task RunLoopAsync(CancellationToken stoppingToken)
    {
        using var line = new ProgressReporter(logger, time, progress.Value.Interval, "consume", "messages", 0);
        using var tick = time.CreateTimer(
            _ => line.Update(statistics.Settled, stop.Total),
            null,
            TimeSpan.Zero,
            progress.Value.Interval / 4);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var committing = committer.RunAsync();
        var watching = Task.WhenAll(WatchAsync(identity.WatchAsync, ended.Token), WatchAsync(lag.RunAsync, ended.Token));
        try
        {
            await OnOwnThread(() => loop.Run(beforeLeaving: () => End(watching, ended), stoppingToken));
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
            committer.Complete();

            // The poll thread has waited long enough for Kafka.
            await Task.WhenAny(committing, Task.Delay(s_commitPatience, time, CancellationToken.None));
            line.Update(statistics.Settled, stop.Total);
        }
    }

    private async Task WatchAsync(Func<CancellationToken, Task> watch, CancellationToken cancellationToken)
    {
        try
        {
            await watch(cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops.
        }
        catch (FatalException exception)
        {
            LogFatal(logger, exception.Message);
            exit.Stop(ServiceRunner.Failed);
        }
#pragma warning disable CA1031 // A watch that dies unseen would leave old figures standing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFatal(logger, exception.ToString());
            exit.Stop(ServiceRunner.Failed);
        }
    }

    // What they are asking must be answered before their client goes with the service; within bounds, for the broker may be away.
    private static void End(Task watching, CancellationTokenSource ended)
    {
        ended.Cancel();
        watching.Wait(s_watchPatience);
    }

    private static Task OnOwnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [LoggerMessage(LogLevel.Information, "Consumed {Messages} messages in {Seconds:0.00} s: {Rate:0} messages/s, {Megabytes:0.00} MB/s, {Batches} batches; {Created} charges created, {Updated} updated, {DeadLettered} dead letters, {UnknownUsers} unknown users, {Deadlocks} deadlocks.")]
    private static partial void LogSummary(ILogger logger, long messages, double seconds, double rate, double megabytes, long batches, long created, long updated, long deadLettered, long unknownUsers, long deadlocks);

    [LoggerMessage(LogLevel.Warning, "Consumer:InstanceId {InstanceId} is still used in the group: by another process, or by one that was killed, until its session ends (45 s by default on the broker). This consumer starts anew in {Seconds} s. If there is another process, give each its own.")]
    private static partial void LogNameInUse(ILogger logger, string? instanceId, double seconds);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFatal(ILogger logger, string reason);
}
