using Microsoft.Extensions.Time.Testing;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class PollCommandsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PollCommands _commands;
    private readonly PartitionBuffer _buffer = new(
        new BatchPool(ChargeStream.With(new StreamOptions { MaxBatchSize = 1 })), maxWaitingMessages: 2, TimeProvider.System);

    public PollCommandsTests()
    {
        _commands = new PollCommands(new EngineThreads(_time));
        _buffer.Reset(0);
    }

    [Fact]
    public void Where_there_is_room_nobody_waits()
    {
        Add(0);

        Assert.True(_commands.WaitForRoom(_buffer, () => throw new InvalidOperationException("Nobody asks.")));
    }

    [Fact]
    public void The_wait_for_room_ends_when_a_batch_is_taken()
    {
        Fill();

        Assert.True(_commands.WaitForRoom(_buffer, () =>
        {
            Assert.NotNull(_buffer.TakeFull().Batch);
            _commands.Taken();
            return true;
        }));
    }

    [Fact]
    public void The_wait_for_room_ends_when_it_makes_no_sense_any_more()
    {
        Fill();
        var asked = 0;

        Assert.False(_commands.WaitForRoom(_buffer, () => ++asked < 3));
        Assert.Equal(3, asked);
    }

    [Fact]
    public void Room_that_comes_at_the_last_moment_counts()
    {
        Fill();

        Assert.True(_commands.WaitForRoom(_buffer, () =>
        {
            Assert.NotNull(_buffer.TakeFull().Batch);
            return false;
        }));
    }

    [Fact]
    public void The_wait_for_room_ends_after_a_second()
    {
        Fill();
        var asked = 0;

        Assert.False(_commands.WaitForRoom(_buffer, () =>
        {
            asked++;
            _time.Advance(TimeSpan.FromMilliseconds(400));
            return true;
        }));
        Assert.Equal(3, asked);
    }

    private void Fill()
    {
        Add(0);
        Add(1);
        Assert.True(_buffer.IsFull);
    }

    private void Add(long offset) => _buffer.Add(offset, default, "1000000,5.84,1484261697"u8, null, DateTimeOffset.UnixEpoch);
}
