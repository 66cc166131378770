using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class ReadRetriesTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(6);

    private readonly FakeTimeProvider _time = new();
    private readonly PollCommands _commands;
    private readonly List<string> _calls = [];
    private readonly ReadRetries _retries;
    private readonly List<PartitionState> _partitions = [];

    public ReadRetriesTests()
    {
        _commands = new PollCommands(new EngineThreads(_time));
        _retries = new ReadRetries(
            partition => _calls.Add($"Pause {partition.Partition.Value}"),
            partition => _calls.Add($"Resume {partition.Partition.Value}"),
            offset => _calls.Add($"Seek {offset.Partition.Value} @{offset.Offset.Value}"),
            new ReadingHealth(NullLogger<ReadingHealth>.Instance, _time),
            new Random(1),
            _time);
    }

    [Fact]
    public void A_partition_that_cannot_be_read_pauses_and_reads_the_same_message_again_after_a_wait()
    {
        var partition = Partition(0, position: 7);

        _retries.Failed(partition, "refused", TimeSpan.Zero);
        _retries.Execute();
        Assert.Equal(["Pause 0"], Take());

        _time.Advance(s_longest);
        _retries.Execute();
        Assert.Equal(["Resume 0", "Seek 0 @7"], Take());
        Assert.Equal(PartitionReading.Tries, partition.Reading);
    }

    [Fact]
    public void Nothing_behind_the_message_is_skipped_to_while_it_waits()
    {
        var partition = Partition(0, position: 7);

        _retries.Failed(partition, "refused", TimeSpan.Zero);

        Assert.Equal((PartitionReading.Waits, true), (partition.Reading, partition.HasDeclined));
    }

    [Fact]
    public void One_of_several_tries_at_a_time_and_when_it_can_go_on_all_do()
    {
        var (one, other, third) = (Partition(0, 7), Partition(1, 8), Partition(2, 9));
        foreach (var partition in _partitions)
            _retries.Failed(partition, "refused", TimeSpan.Zero);
        Take();

        _time.Advance(s_longest);
        _retries.Execute();
        _retries.Execute();
        Assert.Equal(["Resume 0", "Seek 0 @7"], Take());

        _retries.Failed(one, "refused", TimeSpan.Zero);
        _time.Advance(s_longest);
        _retries.Execute();
        Assert.Equal(["Pause 0", "Resume 1", "Seek 1 @8"], Take());

        _retries.Succeeded(other);
        _retries.Execute();
        Assert.Equal(["Resume 2", "Seek 2 @9", "Resume 0", "Seek 0 @7"], Take());
        Assert.Equal((PartitionReading.Tries, PartitionReading.GoesOn), (third.Reading, other.Reading));
    }

    [Fact]
    public void An_attempt_that_takes_long_is_not_repeated_sooner_than_that()
    {
        _retries.Failed(Partition(0, 7), "no answer", TimeSpan.FromMinutes(1));
        Take();

        _time.Advance(TimeSpan.FromSeconds(59));
        _retries.Execute();
        Assert.Empty(Take());

        _time.Advance(TimeSpan.FromSeconds(1));
        _retries.Execute();
        Assert.NotEmpty(Take());
    }

    [Fact]
    public void A_partition_that_is_taken_away_or_read_from_elsewhere_is_forgotten()
    {
        var (gone, elsewhere) = (Partition(0, 7), Partition(1, 8));
        _retries.Failed(gone, "refused", TimeSpan.Zero);
        _retries.Failed(elsewhere, "refused", TimeSpan.Zero);
        Take();

        gone.IsStopped = true;
        elsewhere.Reading = PartitionReading.GoesOn;
        _time.Advance(s_longest);
        _retries.Execute();

        Assert.Empty(Take());
    }

    private PartitionState Partition(int number, long position)
    {
        var buffer = new PartitionBuffer(new BatchPool(ChargeStream.With(new StreamOptions())), maxWaitingMessages: 10, TimeProvider.System);
        buffer.Reset(position);
        var partition = new PartitionState(new TopicPartition("orders", number), buffer, _commands);
        _partitions.Add(partition);
        return partition;
    }

    // What the client was asked to do since the last look.
    private List<string> Take()
    {
        List<string> taken = [.. _calls];
        _calls.Clear();
        return taken;
    }
}
