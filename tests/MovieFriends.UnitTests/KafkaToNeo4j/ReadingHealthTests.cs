using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class ReadingHealthTests
{
    private readonly FakeLogger<ReadingHealth> _log = new();
    private readonly ReadingHealth _health;

    public ReadingHealthTests() => _health = new ReadingHealth(_log, new FakeTimeProvider(new(2017, 1, 12, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task It_says_since_when_which_partitions_cannot_be_read_and_why()
    {
        _health.Failing(2, "refused");
        _health.Failing(0, "refused");

        Assert.Equal("Messages cannot be read since 2017-01-12 00:00:00Z for partitions 0, 2: refused", await CheckAsync());
        _health.Working(0);
        Assert.StartsWith("Messages cannot be read", await CheckAsync(), StringComparison.Ordinal);
        _health.Forget(2);
        Assert.Null(await CheckAsync());
    }

    [Fact]
    public void It_says_once_that_messages_wait_and_once_that_they_go_on()
    {
        _health.Failing(0, "refused");
        _health.Failing(1, "refused");
        _health.Failing(0, "refused");
        _health.Working(1);
        _health.Working(1);
        _health.Working(0);
        _health.Working(0);

        Assert.Equal(
            ["Messages cannot be read now; they wait, and none is lost, until they can: refused", "Messages can be read again after 0.0 s."],
            _log.Collector.GetSnapshot().Select(record => record.Message));
    }

    private async Task<string?> CheckAsync()
    {
        var registration = new HealthCheckRegistration("reading", _health, failureStatus: null, tags: null);
        return (await _health.CheckHealthAsync(new HealthCheckContext { Registration = registration }, TestContext.Current.CancellationToken)).Description;
    }
}
