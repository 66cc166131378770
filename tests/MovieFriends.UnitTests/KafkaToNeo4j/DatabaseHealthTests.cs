using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class DatabaseHealthTests
{
    private readonly FakeLogger<DatabaseHealth> _log = new();
    private readonly DatabaseHealth _health;

    public DatabaseHealthTests() => _health = new DatabaseHealth(_log, new FakeTimeProvider(new(2017, 1, 12, 0, 0, 0, TimeSpan.Zero)));

    private IEnumerable<string> Said => _log.Collector.GetSnapshot().Select(record => record.Message);

    [Fact]
    public async Task It_says_since_when_which_partitions_cannot_be_written_and_why()
    {
        _health.Failing(2, "refused");
        _health.Failing(0, "refused");

        var (status, description) = await CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, status);
        Assert.StartsWith("The graph cannot be written since 2017-01-12 00:00:00Z for partitions 0, 2: ", description, StringComparison.Ordinal);
        Assert.Contains("refused", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_healthy_again_once_every_partition_is_written()
    {
        _health.Failing(0, "refused");
        _health.Failing(1, "refused");

        _health.Working(0);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync()).Status);
        _health.Working(1);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task A_partition_that_was_given_up_says_nothing_any_more()
    {
        _health.Failing(0, "refused");

        _health.Forget(0);

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public void It_says_once_that_the_graph_is_away_and_once_that_it_is_back_though_partitions_come_and_go_meanwhile()
    {
        _health.Failing(0, "refused");
        _health.Failing(1, "refused");
        _health.Forget(0);
        _health.Forget(1);
        _health.Failing(0, "refused");
        _health.Working(1);
        _health.Forget(0);
        _health.Working(1);
        _health.Working(0);

        Assert.Equal(["The graph cannot be written now; batches are tried again until it can: refused", "The graph can be written again after 0.0 s."], Said);
    }

    private async Task<(HealthStatus Status, string? Description)> CheckAsync()
    {
        var registration = new HealthCheckRegistration("graph writes", _health, failureStatus: null, tags: null);
        var result = await _health.CheckHealthAsync(new HealthCheckContext { Registration = registration }, TestContext.Current.CancellationToken);
        return (result.Status, result.Description);
    }
}
