using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using MovieFriends.Chaos;
using MovieFriends.Consumer;
using MovieFriends.Consumer.Seed;
using Xunit;

namespace MovieFriends.UnitTests.Consumer;

public sealed class SeedWaitTests
{
    private readonly FakeLogger<SeedWait> _log = new();
    private readonly ObservedTime _time = new();
    private long? _mark;
    private int _looks;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IEnumerable<string> Said => _log.Collector.GetSnapshot().Select(record => record.Message);

    [Fact]
    public async Task A_consumer_that_is_not_to_wait_does_not_ask_and_is_ready()
    {
        var wait = Create(waits: false);

        await wait.RunAsync(Cancellation);

        Assert.Equal(0, _looks);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(wait)).Status);
    }

    [Fact]
    public async Task It_is_not_ready_before_it_has_looked()
    {
        var (status, description) = await CheckAsync(Create());

        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.Contains("waits for the seeder's users", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_that_are_there_are_waited_for_without_a_word()
    {
        _mark = 1_000_000;
        var wait = Create();

        await wait.RunAsync(Cancellation);

        Assert.Empty(Said);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(wait)).Status);
    }

    [Fact]
    public async Task It_looks_each_second_and_speaks_at_the_start_each_minute_and_at_the_end()
    {
        var wait = Create();
        var waiting = wait.RunAsync(Cancellation);
        for (var second = 1; second <= 120; second++)
            await SecondAsync();
        await LooksAgainLaterAsync();
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(wait)).Status);
        _mark = 25_000;
        await SecondAsync();
        await waiting;

        Assert.Equal(122, _looks);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(wait)).Status);
        Assert.Collection(
            Said,
            line => Assert.StartsWith("The consumer waits for the seeder's users (Consumer:WaitForUsers)", line, StringComparison.Ordinal),
            line => Assert.Equal("The consumer still waits for the seeder's users, for 60 s now.", line),
            line => Assert.Equal("The consumer still waits for the seeder's users, for 120 s now.", line),
            line => Assert.Equal("The seeder's users are there, 25000 of them; the consumer goes on after a wait of 121.0 s.", line));
    }

    [Fact]
    public async Task A_stop_ends_the_wait_at_once()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Create().RunAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_database_that_does_not_answer()
    {
        using var stop = new CancellationTokenSource();
        var wait = new SeedWait(_ => new TaskCompletionSource<long?>().Task, Options.Create(new ConsumerOptions { WaitForUsers = true }), _time, _log);
        var waiting = wait.RunAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private SeedWait Create(bool waits = true) => new(
        _ =>
        {
            _looks++;
            return Task.FromResult(_mark);
        },
        Options.Create(new ConsumerOptions { WaitForUsers = waits }),
        _time,
        _log);

    private async Task SecondAsync()
    {
        await LooksAgainLaterAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private Task LooksAgainLaterAsync() => Wait.UntilAsync("it waits for its next look", TimeSpan.FromSeconds(30), () => Task.FromResult(_time.Waiting == 1), Cancellation);

    private static async Task<(HealthStatus Status, string? Description)> CheckAsync(SeedWait wait)
    {
        var registration = new HealthCheckRegistration("users", wait, failureStatus: null, tags: null);
        var result = await wait.CheckHealthAsync(new HealthCheckContext { Registration = registration }, Cancellation);
        return (result.Status, result.Description);
    }
}
