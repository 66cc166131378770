using Microsoft.Extensions.Time.Testing;
using MovieFriends.KafkaToNeo4j.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class RecentLatenciesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecentLatencies _latencies;

    public RecentLatenciesTests() => _latencies = new(_time);

    private double Now => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    [Fact]
    public void Nothing_is_said_of_nothing() => Assert.Null(_latencies.Read());

    [Fact]
    public void Half_are_as_fast_as_the_median_and_99_of_100_as_the_other()
    {
        _latencies.Record([.. Enumerable.Range(1, 1000).Select(i => Now - (i / 1000.0))], _time.GetUtcNow());

        var (median, p99) = _latencies.Read()!.Value;
        Assert.InRange(median, 0.495, 0.505);
        Assert.InRange(p99, 0.98, 1.0);
    }

    [Fact]
    public void What_was_more_than_ten_seconds_ago_is_forgotten()
    {
        _latencies.Record([Now - 60], _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(6));
        _latencies.Record([Now - 1], _time.GetUtcNow());
        Assert.InRange(_latencies.Read()!.Value.P99, 59, 61);

        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.InRange(_latencies.Read()!.Value.P99, 0.9, 1.1);

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(_latencies.Read());
    }

    [Fact]
    public void An_event_of_the_future_took_no_time_and_one_of_1970_a_day()
    {
        _latencies.Record([Now + 5], _time.GetUtcNow());
        Assert.Equal(0, _latencies.Read()!.Value.P99);

        _latencies.Record([0], _time.GetUtcNow());
        Assert.InRange(_latencies.Read()!.Value.P99, 86_000, 88_000);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        List<double> eventTimes = [.. Enumerable.Range(0, 1000).Select(i => Now - i)];
        _latencies.Record(eventTimes, _time.GetUtcNow());

        var before = GC.GetAllocatedBytesForCurrentThread();
        _latencies.Record(eventTimes, _time.GetUtcNow());
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
