using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;

namespace MovieFriends.Kafka;

/// <summary>Whether Kafka answers, and does what it is asked for. Says so once when it stops and once when it is back. Thread-safe.</summary>
public sealed partial class KafkaHealth(ILogger<KafkaHealth> logger, KafkaRefusals? refusals = null, KafkaClientLog? clientLog = null) : IHealthCheck
{
    private const string Connection = "connection";

    private string? _away;

    /// <summary>Takes what a client's error handler is told.</summary>
    public void Failed(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.Code is ErrorCode.Local_AllBrokersDown)
            Away(clientLog?.Reason ?? error.Reason);
        else if (error.Code is ErrorCode.Local_Authentication)
            refusals?.Note(Connection, error);
    }

    /// <summary>Takes what an attempt came to, of a service that is at work.</summary>
    /// <param name="error">Why it failed.</param>
    /// <param name="what">What was asked for.</param>
    /// <exception cref="FatalException">Kafka has refused it for too long.</exception>
    public void Failed(Error error, string what)
    {
        switch (KafkaFailure.Classify(error))
        {
            case KafkaFailureKind.Away:
                Away(error.Reason);
                break;
            case KafkaFailureKind.Refused:
                refusals?.Refused(what, error);
                break;
        }
    }

    /// <summary>Kafka did what it was asked for; cheap enough to be called for each message.</summary>
    public void Working(string what)
    {
        Working();
        refusals?.Allowed(what);
    }

    /// <summary>Ends a service that Kafka has refused something for too long; cheap enough to be called all the time.</summary>
    /// <exception cref="FatalException">It has.</exception>
    public void ThrowIfRefused() => refusals?.ThrowIfOver();

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
        refusals?.Allowed(Connection);
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reason = refusals?.Reason ?? (Volatile.Read(ref _away) is { } away ? $"Kafka does not answer: {away}" : null);
        return Task.FromResult(reason is null ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, reason));
    }

    [LoggerMessage(LogLevel.Warning, "Kafka does not answer and is asked again until it does: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Kafka answers.")]
    private static partial void LogBack(ILogger logger);
}
