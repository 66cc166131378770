using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class StopConditionTests
{
    private readonly StreamStatistics _statistics = new(TimeProvider.System, new RecentLatencies(TimeProvider.System));
    private readonly StreamEnd _end = new(EngineThreads.System);

    [Fact]
    public void A_run_that_follows_another_one_counts_its_own_messages()
    {
        Commit(messages: 5);
        var stop = new StopCondition(new StreamOptions { StopAfter = 2 }, _statistics, _end);
        stop.Assigned([0]);
        Assert.True(stop.Accept(0, 10));
        Assert.True(stop.Accept(0, 11));
        Assert.False(stop.Accept(0, 12));

        stop.Settled(0, 10);
        Assert.Equal(RunOutcome.Stopped, _end.Outcome);

        Commit(messages: 2);
        stop.Settled(0, 12);
        Assert.Equal(RunOutcome.Completed, _end.Outcome);
    }

    private void Commit(int messages)
    {
        var batch = ChargeStream.NewBatch(messages);
        for (var offset = 0; offset < messages; offset++)
            batch.Add(offset, offset, "7"u8, "7,1,1484222400"u8, DateTimeOffset.UnixEpoch);
        _statistics.Committed(batch, default(BatchOutcome));
    }
}
