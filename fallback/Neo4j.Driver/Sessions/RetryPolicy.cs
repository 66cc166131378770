namespace Neo4j.Driver.Sessions;

/// <summary>
/// Tries work again while it fails for a passing reason: after about 1 s, then twice as long each time, give or take a
/// fifth, until the time is up; at least once.
/// </summary>
internal sealed class RetryPolicy(TimeSpan maxTime, ILogger logger, TimeProvider time)
{
    private const double Multiplier = 2;
    private const double Jitter = 0.2;
    private static readonly TimeSpan s_initialDelay = TimeSpan.FromSeconds(1);

    /// <exception cref="ServiceUnavailableException">The time is up; the failures are inside.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var failures = new List<Exception>();
        var delay = s_initialDelay;
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Neo4jException error) when (error.IsRetriable)
            {
                failures.Add(error);
                if (failures.Count >= 2 && time.GetElapsedTime(start) >= maxTime)
                {
                    break;
                }
            }

            var wait = delay * (1 - Jitter + 2 * Jitter * Random.Shared.NextDouble());
            logger.Warn(failures[^1], "The transaction failed and will be tried again in {0}.", wait);
            await Task.Delay(wait, time).ConfigureAwait(false);
            delay *= Multiplier;
        }

        throw new ServiceUnavailableException(
            $"The transaction failed {failures.Count} times within {maxTime}; the last failure: {failures[^1].Message}",
            new AggregateException(failures));
    }
}
