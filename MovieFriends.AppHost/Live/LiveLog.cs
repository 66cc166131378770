using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Contracts.Reporting;
using MovieFriends.Hosting.Terminal;

namespace MovieFriends.AppHost.Live;

/// <summary>The figures as a line of the log every few seconds, from the moment that producer or consumer answers.</summary>
internal sealed partial class LiveLog(
    LiveServices services, LiveOptions options, ServiceReader reader, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LiveLog> logger) : BackgroundService
{
    private readonly LiveMetrics _charges = new(time);
    private readonly LiveMetrics _rentals = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await WriteAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            LogStopping(logger);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.IntervalSeconds), time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var producer = await reader.StatusAsync(services.Producer, ReportJson.Default.ProducerStatus, cancellationToken);
            var consumer = await reader.StatusAsync(services.Consumer, ReportJson.Default.ConsumerStatus, cancellationToken);
            Write("charges", _charges, producer, consumer);
            if (services.RentalProducer is { } rentals)
                Write("rentals", _rentals, await reader.StatusAsync(rentals, ReportJson.Default.ProducerStatus, cancellationToken), consumer?.Rentals);
        }
    }

    private void Write(string events, LiveMetrics metrics, ProducerStatus? producer, ConsumerStatus? consumer)
    {
        if (producer is null && consumer is null)
            return;

        var now = metrics.Add(producer, consumer);
        LogMetrics(
            logger, events, now.ProducedText, now.ConsumedText, now.LagText, now.RateText, now.LatencyP50Text, now.LatencyP99Text, now.BatchSizeText, now.RetriesText, now.DeadLettersText);
    }

    [LoggerMessage(LogLevel.Information, "{Events}: produced {Produced}, consumed {Consumed}, lag {Lag}, {Rate}/s, latency p50 {P50}, p99 {P99}, batch size {BatchSize}, retries {Retries}, dead letters {DeadLetters}")]
    private static partial void LogMetrics(
        ILogger logger, string events, string produced, string consumed, string lag, string rate, string p50, string p99, string batchSize, string retries, string deadLetters);

    [LoggerMessage(LogLevel.Information, "Stopping ...")]
    private static partial void LogStopping(ILogger logger);
}
