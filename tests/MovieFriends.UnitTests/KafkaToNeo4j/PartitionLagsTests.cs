using MovieFriends.KafkaToNeo4j.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class PartitionLagsTests
{
    private readonly PartitionLags _lags = new();

    [Fact]
    public void The_lag_is_what_lies_between_the_ledger_and_the_end()
    {
        _lags.Assigned([0, 1]);
        _lags.Settled(0, 40);
        _lags.Ends(0, 100);

        Assert.Equal([KeyValuePair.Create(0, 60L)], _lags.Read());
    }

    [Fact]
    public void An_end_that_was_asked_for_before_the_last_commit_is_no_negative_lag()
    {
        _lags.Assigned([0]);
        _lags.Ends(0, 100);
        _lags.Settled(0, 120);

        Assert.Equal([KeyValuePair.Create(0, 0L)], _lags.Read());
    }

    [Fact]
    public void A_partition_that_is_taken_away_has_no_lag_here()
    {
        _lags.Assigned([0, 1]);
        _lags.Settled(0, 0);
        _lags.Ends(0, 1);
        _lags.Assigned([1]);
        _lags.Settled(0, 0);
        _lags.Ends(0, 1);

        Assert.Empty(_lags.Read());
        Assert.Equal([1], _lags.Partitions);
    }

    [Fact]
    public void The_measurement_names_topic_and_partition()
    {
        _lags.Assigned([3]);
        _lags.Settled(3, 1);
        _lags.Ends(3, 2);

        var measurement = Assert.Single(_lags.Measure("charges"));
        Assert.Equal(1, measurement.Value);
        Assert.Equal(
            ["messaging.destination.name=charges", "messaging.destination.partition.id=3", "messaging.system=kafka"],
            measurement.Tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
    }
}
