using Neo4j.Driver.Sessions;
using Neo4j.Driver.Tests.FakeServer;

namespace Neo4j.Driver.Tests.Sessions;

public sealed class RetryPolicyTests
{
    private readonly InstantTime _time = new();

    [Fact]
    public async Task The_wait_doubles_and_the_time_is_limited()
    {
        var attempts = 0;
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => Policy(30).RunAsync<int>(() =>
        {
            attempts++;
            throw new TransientException("code", "why");
        }));
        Assert.Equal(attempts, Assert.IsType<AggregateException>(error.InnerException).InnerExceptions.Count);
        Assert.InRange(attempts, 5, 7);
        for (var i = 0; i < _time.Waits.Count; i++)
        {
            Assert.InRange(_time.Waits[i].TotalSeconds, 0.8 * Math.Pow(2, i), 1.2 * Math.Pow(2, i));
        }
    }

    [Fact]
    public async Task Work_is_tried_twice_at_least()
    {
        var attempts = 0;
        Assert.Equal(2, await Policy(0).RunAsync(() => ++attempts < 2
            ? throw new ServiceUnavailableException("gone")
            : Task.FromResult(attempts)));
    }

    [Fact]
    public async Task What_is_not_retriable_is_thrown_at_once()
    {
        await Assert.ThrowsAsync<ClientException>(() => Policy(30).RunAsync<int>(() => throw new ClientException("why")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Policy(30).RunAsync<int>(() => throw new InvalidOperationException()));
        Assert.Empty(_time.Waits);
    }

    private RetryPolicy Policy(int seconds) => new(TimeSpan.FromSeconds(seconds), NullLogger.Instance, _time);
}
