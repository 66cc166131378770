using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Ports;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class StreamEndTests
{
    private readonly StreamEnd _end = new(EngineThreads.System);

    [Fact]
    public void A_run_that_nobody_has_ended_was_stopped_from_outside()
    {
        Assert.Equal(RunOutcome.Stopped, _end.Outcome);
        Assert.False(_end.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_failure_counts_whoever_asks_to_start_again()
    {
        _end.Fail();
        _end.StartAgain();
        _end.Complete();

        Assert.Equal(RunOutcome.Failed, _end.Outcome);
        Assert.True(_end.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_new_topic_counts_though_the_old_one_is_at_its_end()
    {
        _end.Complete();
        _end.StartAgain();

        Assert.Equal(RunOutcome.StartAgain, _end.Outcome);
    }
}
