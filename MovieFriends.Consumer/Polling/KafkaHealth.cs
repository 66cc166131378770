using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MovieFriends.Consumer.Polling;

/// <summary>Whether Kafka answers. Says so once when it stops and once when it is back. Thread-safe.</summary>
internal sealed partial class KafkaHealth(ILogger<KafkaHealth> logger) : IHealthCheck
{
    private string? _away;

    public void Failed(Error error)
    {
        if (error.Code == ErrorCode.Local_AllBrokersDown && Interlocked.CompareExchange(ref _away, error.Reason, null) is null)
            LogAway(logger, error.Reason);
    }

    public void Working()
    {
        if (Volatile.Read(ref _away) is not null && Interlocked.Exchange(ref _away, null) is not null)
            LogBack(logger);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Volatile.Read(ref _away) is { } reason
            ? new HealthCheckResult(context.Registration.FailureStatus, $"Kafka does not answer: {reason}")
            : HealthCheckResult.Healthy());

    [LoggerMessage(LogLevel.Warning, "Kafka does not answer; the connection is tried again until it does: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Kafka answers again.")]
    private static partial void LogBack(ILogger logger);
}
