using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;

namespace MovieFriends.Neo4j;

/// <summary>
/// Repeats work on the database for as long as what stops it is transient, with one log line when it starts to fail
/// and one when it works again. Anything else ends in a <see cref="FatalException"/> or goes through as it is.
/// </summary>
/// <param name="time">The clock of the waits between two attempts.</param>
/// <param name="logger">Hears that the database cannot be used, and that it can again.</param>
/// <param name="connectionName">The name below <c>ConnectionStrings</c>, for messages.</param>
/// <param name="isDisabled">Whether nothing is repeated: a failure that would pass goes through as it is.</param>
/// <param name="random">Spreads the waits, so that rivals do not meet again; thread-safe.</param>
public sealed partial class GraphRetry(TimeProvider time, ILogger<GraphRetry> logger, string connectionName, bool isDisabled = false, Random? random = null)
{
    // A deadlock is over at once; a line about the database being away is due only if it really is.
    private const int QuietFailures = 3;

    private readonly Random _random = random ?? Random.Shared;

    // Those that wait at the same time say it once.
    private int _waiting;

    /// <summary>Does the work until it succeeds.</summary>
    /// <param name="work">One attempt; it must not matter if an attempt that failed has done it all the same.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <exception cref="FatalException">The database refuses for a reason that no repetition mends.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => RunAsync(work, null, cancellationToken);

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, CancellationToken)"/>
    /// <param name="work">One attempt; it must not matter if an attempt that failed has done it all the same.</param>
    /// <param name="onFailure">Hears of each failure that passes, and says of it what is to be said; null leaves that to the log.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, Action<Exception>? onFailure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var failures = 0;
        try
        {
            for (; ; )
            {
                try
                {
                    return await work();
                }
                catch (Exception exception) when (exception is not FatalException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
                {
                    // A time-out within the driver can look like a stop that nobody has asked for.
                    switch (exception is OperationCanceledException ? GraphFailureKind.Transient : GraphFailure.Classify(exception))
                    {
                        case GraphFailureKind.Fatal:
                            throw new FatalException(GraphFailure.Describe(exception, connectionName), exception);
                        case GraphFailureKind.Rejected:
                            throw;
                    }

                    if (isDisabled)
                        throw;

                    failures++;
                    if (onFailure is not null)
                        onFailure(exception);
                    else if (failures == QuietFailures + 1 && Interlocked.Increment(ref _waiting) == 1)
                        LogAway(logger, GraphFailure.Explain(exception, connectionName));
                    await Task.Delay(Backoff.After(failures, _random.NextDouble()), time, cancellationToken);
                }
            }
        }
        finally
        {
            if (onFailure is null && failures > QuietFailures && Interlocked.Decrement(ref _waiting) == 0 && !cancellationToken.IsCancellationRequested)
                LogBack(logger, failures);
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, CancellationToken)"/>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellationToken);

    [LoggerMessage(LogLevel.Warning, "The database cannot be used now and is tried again until it can: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "The database answers again after {Failures} failed attempts.")]
    private static partial void LogBack(ILogger logger, int failures);
}
