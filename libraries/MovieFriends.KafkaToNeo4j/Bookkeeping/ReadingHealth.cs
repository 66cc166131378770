using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace MovieFriends.KafkaToNeo4j.Bookkeeping;

/// <summary>Which partitions have a message that cannot be read now. Says so once when it begins and once when it is over. Thread-safe.</summary>
internal sealed partial class ReadingHealth(ILogger<ReadingHealth> logger, TimeProvider time) : IHealthCheck
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _failing = [];
    private DateTimeOffset _since;

    /// <summary>A partition's next message cannot be read now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="reason">Why, in one line.</param>
    public void Failing(int partition, string reason)
    {
        lock (_lock)
        {
            if (_failing.Count == 0)
            {
                _since = time.GetUtcNow();
                LogAway(logger, reason);
            }

            _failing[partition] = reason;
        }
    }

    /// <summary>The message was read.</summary>
    public void Working(int partition)
    {
        lock (_lock)
        {
            if (_failing.Remove(partition) && _failing.Count == 0)
                LogBack(logger, (time.GetUtcNow() - _since).TotalSeconds);
        }
    }

    /// <summary>The partition is not this consumer's to read any more, or not from there.</summary>
    public void Forget(int partition)
    {
        lock (_lock)
            _failing.Remove(partition);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_failing.Count == 0
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(
                    context.Registration.FailureStatus,
                    $"Messages cannot be read since {_since:u} for partitions {string.Join(", ", _failing.Keys.Order())}: {_failing.Values.First()}"));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Messages cannot be read now; they wait, and none is lost, until they can: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Messages can be read again after {Seconds:0.0} s.")]
    private static partial void LogBack(ILogger logger, double seconds);
}
