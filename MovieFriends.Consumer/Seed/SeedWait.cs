using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MovieFriends.Consumer.Seed;

/// <summary>
/// Holds the consumer back until the seeder's users are there, for deployments in which nothing starts the services in order. The service is
/// alive meanwhile, but not ready.
/// </summary>
/// <param name="read">Looks for the number of users in the seeder's mark; null if there is no mark.</param>
/// <param name="options">Whether there is anything to wait for.</param>
/// <param name="time">The clock of the looks.</param>
/// <param name="logger">Hears that the consumer waits, and that it goes on.</param>
internal sealed partial class SeedWait(
    Func<CancellationToken, Task<long?>> read, IOptions<ConsumerOptions> options, TimeProvider time, ILogger<SeedWait> logger) : IHealthCheck
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_reminder = TimeSpan.FromMinutes(1);

    private volatile bool _isWaiting = options.Value.WaitForUsers;

    /// <summary>Waits for the mark, if the consumer is to wait for users.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!_isWaiting)
            return;

        if (await ReadAsync(cancellationToken) is null)
            await WaitAsync(cancellationToken);
        _isWaiting = false;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(_isWaiting
        ? new HealthCheckResult(
            context.Registration.FailureStatus,
            "The consumer waits for the seeder's users (Consumer:WaitForUsers): the graph does not have the seeder's mark that they are all there.")
        : HealthCheckResult.Healthy());

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        LogWaits(logger);
        var since = time.GetTimestamp();
        await using var reminder = time.CreateTimer(_ => LogStillWaits(logger, time.GetElapsedTime(since).TotalSeconds), null, s_reminder, s_reminder);
        long? users;
        do
        {
            await Task.Delay(s_interval, time, cancellationToken);
            users = await ReadAsync(cancellationToken);
        }
        while (users is null);

        LogGoesOn(logger, users.Value, time.GetElapsedTime(since).TotalSeconds);
    }

    // A service that stops does not wait for a database that does not answer.
    private Task<long?> ReadAsync(CancellationToken cancellationToken) => read(cancellationToken).WaitAsync(cancellationToken);

    [LoggerMessage(LogLevel.Information, "The consumer waits for the seeder's users (Consumer:WaitForUsers): the graph does not have the seeder's mark that they are all there. If no seeder runs, start one; for users of your own with Seeder:Mode=Existing.")]
    private static partial void LogWaits(ILogger logger);

    [LoggerMessage(LogLevel.Information, "The consumer still waits for the seeder's users, for {Seconds:0} s now.")]
    private static partial void LogStillWaits(ILogger logger, double seconds);

    [LoggerMessage(LogLevel.Information, "The seeder's users are there, {Users} of them; the consumer goes on after a wait of {Seconds:0.0} s.")]
    private static partial void LogGoesOn(ILogger logger, long users, double seconds);
}
