using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Contracts.Topics;
using MovieFriends.Producer.Client;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Sources;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Kafka;

namespace MovieFriends.Producer;

/// <summary>Sends charges until the source ends or the service is stopped, and waits for every confirmation.</summary>
internal sealed partial class ProducerService(
    BatchProducer producer,
    IConsumer<Ignore, Ignore> offsetReader,
    TopicReadiness readiness,
    ChargeSources sources,
    ChargeSender sender,
    DeliveryCounter counter,
    ProducerTelemetry telemetry,
    SendSpans spans,
    IOptions<ProducerOptions> producerOptions,
    IOptions<TopicOptions> topics,
    IOptions<ProgressOptions> progressOptions,
    TimeProvider time,
    ServiceExit exit,
    ILogger<ProducerService> logger) : OneShotService(exit, logger)
{
    private static readonly TimeSpan s_partitionsInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_partitionsTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_partitionsPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_roomWait = TimeSpan.FromMilliseconds(2);

    // Less than the host allows for stopping, so that what is missing is still said.
    private static readonly TimeSpan s_lastFlush = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_lastQuestions = TimeSpan.FromSeconds(5);

    // What runs from the first message on.
    private static readonly Type[] s_forEachMessage =
        [typeof(ProducerService), typeof(GeneratorSource), typeof(CsvSource), typeof(ChargeCodec), typeof(ChargeSender), typeof(MessageBatch), typeof(BatchProducer), typeof(DeliveryCounter), typeof(SendSpans)];

    private readonly ProducerOptions _options = producerOptions.Value;
    private long _started;

    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        telemetry.Observe(counter);
        await readiness.WaitAsync(offsetReader.Handle, cancellationToken);
        while (!await FindPartitionsAsync())
            await Task.Delay(s_partitionsPause, time, cancellationToken);
        var settled = producer.SettleAsync(cancellationToken);
        JitWarmUp.Run(s_forEachMessage);
        await settled;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = FollowPartitionsAsync(ended.Token);
        _started = time.GetTimestamp();
        var failure = await FailureOfAsync(() => SendAsync(cancellationToken));
        var later = await FailureOfAsync(() => FlushAsync(cancellationToken));
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        failure ??= later ?? sender.Refusal;
        await ended.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        spans.Finish(counter.Sent);
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

    private async Task<bool> FindPartitionsAsync()
    {
        var partitions = await Task.Run(() => producer.CountPartitions(s_partitionsTimeout));
        sender.Partitions = Math.Max(sender.Partitions, partitions);
        return partitions > 0;
    }

    // A topic may be given more partitions while this runs. Clients look for them themselves, but where a message goes is chosen here.
    private async Task FollowPartitionsAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_partitionsInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await FindPartitionsAsync();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        using var source = sources.Open();
        using var progress = new ProgressReporter(logger, time, progressOptions.Value.Interval, "produce", "messages", source.Total, () => counter.Sent);
        var pace = _options.Mode == ProducerMode.Live ? new Pace(_options.Rate, time) : null;
        _started = time.GetTimestamp();
        try
        {
            while (await FillAsync(source, cancellationToken))
            {
                while (source.TryRead())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (pace is not null && !pace.TryTake())
                    {
                        await HandOverAsync(cancellationToken);
                        await pace.WaitAsync(cancellationToken);
                    }

                    while (!sender.TrySend(source.UserId, source.Value))
                        await WaitForRoomAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop: what was sent so far is still to be confirmed.
        }

        if (source.Malformed > 0)
            LogMalformed(logger, source.Malformed);
    }

    private async Task<bool> FillAsync(IChargeSource source, CancellationToken cancellationToken)
    {
        var filling = source.FillAsync(cancellationToken).AsTask();
        if (!filling.IsCompleted)
            await HandOverAsync(cancellationToken);
        return await filling;
    }

    // Before any wait for more, what is there goes to the client: it must not wait as well.
    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        while (!sender.TryHandOver())
            await WaitForRoomAsync(cancellationToken);
    }

    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        counter.Waited();
        counter.ThrowIfRefused();
        await Task.Delay(s_roomWait, time, cancellationToken);
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
        StageLog.Report(logger, "producer", report, ReportJson.Default.ProducerReport);
    }

    private async Task<List<PartitionOffsets>> ReadOffsetsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reading = QueryOffsetsAsync();
            return await (cancellationToken.IsCancellationRequested ? reading.WaitAsync(s_lastQuestions, time, CancellationToken.None) : reading);
        }
        catch (Exception exception) when (exception is KafkaException or TimeoutException)
        {
            LogNoOffsets(logger, exception.Message);
            return [];
        }
    }

    private async Task<List<PartitionOffsets>> QueryOffsetsAsync()
    {
        // This client asks for partitions that came later only if it has heard of them.
        using var admin = new DependentAdminClientBuilder(offsetReader.Handle).Build();
        var topic = await Task.Run(() => admin.GetMetadata(topics.Value.Charges, s_partitionsTimeout).Topics[0]);
        return await WatermarkReader.ReadAsync(offsetReader, topic.Partitions.Select(p => new TopicPartition(topic.Topic, p.PartitionId)), CancellationToken.None);
    }

    private string Reason() => (counter.Fatal ?? counter.LastFailure)?.Reason ?? "the broker has not answered in time";

    [LoggerMessage(LogLevel.Information, "Sent {Messages} messages, {Bytes} bytes in {Seconds:0.00} s: {Rate:0} messages/s, {Megabytes:0.00} MB/s; {Waits} waits for a full queue, {Failed} failed.")]
    private static partial void LogDone(ILogger logger, long messages, long bytes, double seconds, double rate, double megabytes, long waits, long failed);

    [LoggerMessage(LogLevel.Information, "Partition {Partition}: earliest offset {Earliest}, latest {Latest}.")]
    private static partial void LogOffsets(ILogger logger, int partition, long earliest, long latest);

    [LoggerMessage(LogLevel.Warning, "{Lines} lines were left out because they are not charges.")]
    private static partial void LogMalformed(ILogger logger, long lines);

    [LoggerMessage(LogLevel.Warning, "The topic's offsets cannot be read: {Reason}")]
    private static partial void LogNoOffsets(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "{Reason}")]
    private static partial void LogFailure(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "{Count} of {Sent} messages are not confirmed: {Reason}")]
    private static partial void LogUnconfirmed(ILogger logger, long count, long sent, string reason);
}
