using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace MovieFriends.ServiceDefaults.Kafka;

/// <summary>Whether Kafka answers. Says so once when it stops and once when it is back. Thread-safe.</summary>
public sealed partial class KafkaHealth(ILogger<KafkaHealth> logger, KafkaClientLog? clientLog = null) : IHealthCheck
{
    private string? _away;

    /// <summary>Takes what a client's error handler is told.</summary>
    public void Failed(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.Code is ErrorCode.Local_AllBrokersDown)
            Away(clientLog?.Reason ?? error.Reason);
    }

    /// <summary>Kafka did not answer.</summary>
    public void Away(string reason)
    {
        if (Interlocked.CompareExchange(ref _away, reason, null) is null)
            LogAway(logger, reason);
    }

    /// <summary>Kafka answered; cheap enough to be called for each message.</summary>
    public void Working()
    {
        if (Volatile.Read(ref _away) is not null && Interlocked.Exchange(ref _away, null) is not null)
            LogBack(logger);
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(Volatile.Read(ref _away) is { } reason
            ? new HealthCheckResult(context.Registration.FailureStatus, $"Kafka does not answer: {reason}")
            : HealthCheckResult.Healthy());
    }

    [LoggerMessage(LogLevel.Warning, "Kafka does not answer and is asked again until it does: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Kafka answers.")]
    private static partial void LogBack(ILogger logger);
}
