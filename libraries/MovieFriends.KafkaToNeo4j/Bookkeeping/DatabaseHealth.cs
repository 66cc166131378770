using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Bookkeeping;

/// <summary>Which partitions cannot be written now. Says so once when it begins and once when it is over. Thread-safe.</summary>
internal sealed partial class DatabaseHealth(ILogger<DatabaseHealth> logger, TimeProvider time) : IHealthCheck
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, string> _failing = [];
    private readonly List<TaskCompletionSource<bool>> _waiting = [];
    private DateTimeOffset _since;

    // Partitions come and go meanwhile; only one that is written shows that it is over.
    private bool _isAway;

    /// <summary>A partition cannot be written now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="reason">Why, in one line.</param>
    public void Failing(int partition, string reason)
    {
        lock (_lock)
        {
            if (!_isAway)
            {
                _isAway = true;
                _since = time.GetUtcNow();
                LogAway(logger, reason);
            }

            _failing[partition] = reason;
        }
    }

    /// <summary>A partition is written.</summary>
    public void Working(int partition)
    {
        lock (_lock)
        {
            if (_failing.Remove(partition))
                _waiting.ForEach(wait => wait.TrySetResult(true));

            if (!_isAway || _failing.Count > 0)
                return;

            _isAway = false;
            LogBack(logger, (time.GetUtcNow() - _since).TotalSeconds);
        }
    }

    /// <summary>The partition is not this consumer's to write any more.</summary>
    public void Forget(int partition)
    {
        lock (_lock)
            _failing.Remove(partition);
    }

    /// <summary>Waits before an attempt is repeated; ends early when another partition's attempt succeeds.</summary>
    public async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var recovered = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
            _waiting.Add(recovered);
        try
        {
            await recovered.WaitAsync(delay, time, cancellationToken);
        }
        finally
        {
            lock (_lock)
                _waiting.Remove(recovered);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_failing.Count == 0
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(
                    context.Registration.FailureStatus,
                    $"The graph cannot be written since {_since:u} for partitions {string.Join(", ", _failing.Keys.Order())}: {_failing.Values.First()}"));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The graph cannot be written now; batches are tried again until it can: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "The graph can be written again after {Seconds:0.0} s.")]
    private static partial void LogBack(ILogger logger, double seconds);
}
