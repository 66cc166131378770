using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class GraphRetryTests
{
    private readonly FakeLogger<GraphRetry> _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failure_that_passes_is_waited_out_with_a_line_at_each_change_of_state()
    {
        var failures = 6;

        await Create().RunAsync(() => failures-- > 0 ? throw new ServiceUnavailableException("gone") : Task.CompletedTask, Cancellation);

        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Collector.GetSnapshot().Select(line => line.Level));
    }

    [Fact]
    public async Task A_failure_that_is_over_at_once_is_not_worth_a_line()
    {
        var failures = 2;

        await Create().RunAsync(() => failures-- > 0 ? throw new ServiceUnavailableException("gone") : Task.CompletedTask, Cancellation);

        Assert.Equal(0, _log.Collector.Count);
    }

    [Fact]
    public async Task Those_that_wait_together_say_it_once()
    {
        const int Callers = 4;
        var retry = Create();
        var waiting = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync()));

        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Collector.GetSnapshot().Select(line => line.Level));

        // Each fails until all have failed often enough to say so.
        async Task CallAsync()
        {
            var failures = 0;
            await retry.RunAsync(
                async () =>
                {
                    await Task.Yield();
                    if (++failures == 5)
                        Interlocked.Increment(ref waiting);
                    if (Volatile.Read(ref waiting) < Callers)
                        throw new ServiceUnavailableException("gone");
                },
                Cancellation);
        }
    }

    [Fact]
    public async Task A_failure_that_no_repetition_mends_ends_it_at_once()
    {
        var attempts = 0;

        await Assert.ThrowsAsync<FatalException>(() => Create().RunAsync(
            () =>
            {
                attempts++;
                throw new AuthenticationException("no");
            },
            Cancellation));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Without_retries_the_first_failure_goes_through_and_a_fatal_one_is_explained_all_the_same()
    {
        var retry = new GraphRetry(TimeProvider.System, _log, "movies", isDisabled: true);

        await Assert.ThrowsAsync<ServiceUnavailableException>(() => retry.RunAsync(() => throw new ServiceUnavailableException("gone"), Cancellation));
        var fatal = await Assert.ThrowsAsync<FatalException>(() => retry.RunAsync(() => throw new AuthenticationException("no"), Cancellation));

        Assert.Contains("ConnectionStrings:movies", fatal.Message, StringComparison.Ordinal);
        Assert.Empty(_log.Collector.GetSnapshot());
    }

    [Fact]
    public async Task A_cancellation_that_nobody_has_asked_for_is_a_failure_that_passes()
    {
        var failures = 2;

        await Create().RunAsync(() => failures-- > 0 ? throw new TaskCanceledException("A time-out within the driver.") : Task.CompletedTask, Cancellation);

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAsync<TaskCanceledException>(() => Create().RunAsync(
            async () =>
            {
                await stop.CancelAsync();
                throw new TaskCanceledException("The stop.");
            },
            stop.Token));
    }

    private GraphRetry Create() => new(TimeProvider.System, _log, "graph");
}
