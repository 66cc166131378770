using Microsoft.Extensions.Time.Testing;
using MovieFriends.AppHost.Live;
using MovieFriends.Contracts.Reporting;
using Xunit;

namespace MovieFriends.UnitTests.AppHost;

public sealed class LiveMetricsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LiveMetrics _metrics;

    public LiveMetricsTests() => _metrics = new(_time);

    [Fact]
    public void Before_anybody_answers_everything_is_zero_or_unknown()
    {
        var figures = _metrics.Add(null, null);

        Assert.Equal(("0", "0", "-", "0", "-", "-"), (figures.ProducedText, figures.ConsumedText, figures.LagText, figures.RateText, figures.LatencyP50Text, figures.LatencyP99Text));
    }

    [Fact]
    public void Speed_and_batch_size_are_those_of_the_last_seconds()
    {
        Say(1, messages: 0, batches: 0);
        for (var second = 1; second <= 20; second++)
            Say(1, messages: 1_000 * second, batches: 10 * second);
        for (var second = 1; second <= 9; second++)
            Say(1, messages: 20_000 + (2 * second), batches: 200 + second);
        var figures = Say(1, messages: 20_020, batches: 210);

        Assert.Equal(2, figures.MessagesPerSecond, 3);
        Assert.Equal(2, figures.BatchSize, 3);
    }

    [Fact]
    public void A_service_that_starts_again_goes_on_where_it_was()
    {
        _metrics.Add(new("a", 500, 400, 0), Consumer(300, 30, retries: 2, deadLettered: 5));
        var figures = _metrics.Add(new("b", 2_000, 1_000, 0), Consumer(700, 1, retries: 1, deadLettered: 1) with { Instance = "new" });

        Assert.Equal((1_400, 1_000, 3, 6), (figures.Produced, figures.Consumed, figures.Retries, figures.DeadLetters));
    }

    [Fact]
    public void Replicas_that_answer_in_turn_are_added_up_once_each()
    {
        for (var i = 0; i < 5; i++)
        {
            _metrics.Add(null, Consumer(300, 30));
            _metrics.Add(null, Consumer(100, 10) with { Instance = "other" });
        }

        Assert.Equal(400, _metrics.Add(null, null).Consumed);
    }

    [Fact]
    public void One_that_is_away_keeps_its_counts_but_nothing_is_known_of_its_lag()
    {
        _metrics.Add(new("a", 500, 400, 0), Consumer(300, 30) with { Lag = 100, LatencyP50 = 0.01, LatencyP99 = 2 });
        var figures = _metrics.Add(null, null);

        Assert.Equal((400, 300, null, null), (figures.Produced, figures.Consumed, figures.Lag, figures.LatencyP50));
    }

    [Theory]
    [InlineData(0.0042, "4 ms")]
    [InlineData(0.31, "310 ms")]
    [InlineData(2.345, "2.3 s")]
    [InlineData(86_400.0, "86,400 s")]
    public void Latencies_are_shown_in_what_they_are_best_read_in(double seconds, string shown) =>
        Assert.Equal(shown, _metrics.Add(null, Consumer(1, 1) with { LatencyP50 = seconds }).LatencyP50Text);

    private static ConsumerStatus Consumer(long messages, long batches, long retries = 0, long deadLettered = 0) => new()
    {
        Instance = "old",
        Messages = messages,
        Batches = batches,
        Created = messages,
        Updated = 0,
        Lag = null,
        LatencyP50 = null,
        LatencyP99 = null,
        Retries = retries,
        DeadLettered = deadLettered,
        UnknownUsers = 0,
    };

    private MetricsSnapshot Say(double seconds, long messages, long batches)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return _metrics.Add(null, Consumer(messages, batches));
    }
}
