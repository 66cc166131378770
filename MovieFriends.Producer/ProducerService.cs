using Confluent.Kafka;
using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Sources;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Producer;

/// <summary>Sends events until the source ends or the service is stopped, and waits for every confirmation.</summary>
internal sealed partial class ProducerService(
    ProducerTopic topic,
    SendLoop loop,
    MessageSender sender,
    DeliveryCounter counter,
    ProducerTelemetry telemetry,
    TimeProvider time,
    ServiceExit exit,
    ILogger<ProducerService> logger) : OneShotService(exit, logger)
{
    // Less than the host allows for stopping, so that what is missing is still said.
    private static readonly TimeSpan s_lastFlush = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_lastQuestions = TimeSpan.FromSeconds(5);

    // What runs from the first message on.
    private static readonly Type[] s_forEachMessage =
        [typeof(SendLoop), typeof(GeneratorSource), typeof(ChargeGenerator), typeof(ChargeCodec), typeof(LineSource), typeof(MessageSender), typeof(LoadClient), typeof(DeliveryCounter), typeof(SendSpans)];

    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        telemetry.Observe(counter);
        await topic.WaitAsync(cancellationToken);
        JitWarmUp.Run(s_forEachMessage);
        await sender.StartAsync(cancellationToken);
        var failure = await FailureOfAsync(() => SendAsync(cancellationToken));
        var later = await FailureOfAsync(() => FlushAsync(cancellationToken));
        var seconds = time.GetElapsedTime(loop.Started).TotalSeconds;
        failure ??= later ?? sender.Refusal;
        sender.Finish();
        await ReportAsync(seconds, cancellationToken);
        if (failure is not null)
            LogFailure(logger, failure.Message);
        if (counter.Sent > counter.Confirmed)
            LogUnconfirmed(logger, counter.Sent - counter.Confirmed, counter.Sent, Reason());
        return failure is null && counter.Sent == counter.Confirmed ? ServiceRunner.Ok : ServiceRunner.Failed;
    }

    private static async Task<FatalException?> FailureOfAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (FatalException exception)
        {
            return exception;
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (await loop.RunAsync(cancellationToken) is > 0 and var malformed)
            LogMalformed(logger, malformed);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sender.FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            using var last = new CancellationTokenSource(s_lastFlush, time);
            await sender.FlushAsync(last.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task ReportAsync(double seconds, CancellationToken cancellationToken)
    {
        var report = new ProducerReport(
            counter.Confirmed,
            counter.ConfirmedBytes,
            seconds,
            counter.Confirmed / seconds,
            counter.ConfirmedBytes / seconds / 1e6,
            counter.QueueFullWaits,
            counter.Sent - counter.Confirmed,
            await ReadOffsetsAsync(cancellationToken));
        LogDone(logger, report.Messages, report.Bytes, seconds, report.MessagesPerSecond, report.MegabytesPerSecond, report.QueueFullWaits, report.Failed);
        foreach (var offsets in report.Offsets)
            LogOffsets(logger, offsets.Partition, offsets.Earliest, offsets.Latest);
        StageLog.Report(logger, ReportStages.Produced, report, ReportJson.Default.ProducerReport);
    }

    private async Task<List<PartitionOffsets>> ReadOffsetsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reading = topic.ReadOffsetsAsync();
            return await (cancellationToken.IsCancellationRequested ? reading.WaitAsync(s_lastQuestions, time, CancellationToken.None) : reading);
        }
        catch (Exception exception) when (exception is KafkaException or TimeoutException)
        {
            LogNoOffsets(logger, exception.Message);
            return [];
        }
    }

    private string Reason() => (counter.Fatal ?? counter.LastFailure) switch
    {
        null => "the broker has not answered in time",
        { } error when KafkaFailure.WayOut(error) is { Length: > 0 } wayOut => $"{error.Reason.TrimEnd('.')}.{wayOut}",
        { } error => error.Reason,
    };

    [LoggerMessage(LogLevel.Information, "Sent {Messages} messages, {Bytes} bytes in {Seconds:0.00} s: {Rate:0} messages/s, {Megabytes:0.00} MB/s; {Waits} waits for a full queue, {Failed} failed.")]
    private static partial void LogDone(ILogger logger, long messages, long bytes, double seconds, double rate, double megabytes, long waits, long failed);

    [LoggerMessage(LogLevel.Information, "Partition {Partition}: earliest offset {Earliest}, latest {Latest}.")]
    private static partial void LogOffsets(ILogger logger, int partition, long earliest, long latest);

    [LoggerMessage(LogLevel.Warning, "{Lines} lines were left out because they are no events.")]
    private static partial void LogMalformed(ILogger logger, long lines);

    [LoggerMessage(LogLevel.Warning, "The topic's offsets cannot be read: {Reason}")]
    private static partial void LogNoOffsets(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFailure(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "{Count} of {Sent} messages are not confirmed: {Reason}")]
    private static partial void LogUnconfirmed(ILogger logger, long count, long sent, string reason);
}
