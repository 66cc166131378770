using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class OffsetCommitterTests : IDisposable
{
    private readonly ConcurrentQueue<TopicPartitionOffset> _committed = new();
    private readonly ObservedTime _time = new();
    private readonly StreamTelemetry _telemetry = new(new StreamOptions(), ChargeStream.Topic);
    private readonly OffsetCommitter _committer;

    public OffsetCommitterTests() => _committer = new OffsetCommitter(
        offsets => offsets.ToList().ForEach(_committed.Enqueue), _telemetry, _time, NullLogger<OffsetCommitter>.Instance);

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public async Task The_first_offset_is_committed_at_once_and_what_settles_soon_after_it_later_and_together()
    {
        var running = _committer.RunAsync();
        Settled(0, 10);
        await UntilAsync(() => _time.Waiting == 1);
        Assert.Equal([(0, 10)], Committed());

        Settled(0, 20);
        Settled(1, 5);
        Settled(0, 30);
        _time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Empty(Committed());

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await UntilAsync(() => _time.Waiting == 1);
        Assert.Equal([(0, 30), (1, 5)], Committed());

        _committer.Complete();
        await running;
    }

    [Fact]
    public async Task What_is_settled_when_partitions_are_given_up_does_not_wait()
    {
        var running = _committer.RunAsync();
        Settled(0, 10);
        await UntilAsync(() => _time.Waiting == 1);
        Settled(0, 20);

        _committer.Flush();

        Assert.Equal([(0, 10), (0, 20)], Committed());
        _committer.Complete();
        await running;
    }

    [Fact]
    public async Task It_ends_without_waiting_once_nothing_more_comes()
    {
        var running = _committer.RunAsync();
        Settled(0, 10);
        await UntilAsync(() => _time.Waiting == 1);
        Settled(0, 20);

        _committer.Complete();
        _committer.Flush();

        await running;
        Assert.Equal([(0, 10), (0, 20)], Committed());
    }

    private static Task UntilAsync(Func<bool> condition) => MovieFriends.Chaos.Wait.UntilAsync(
        "the committer has got there", TimeSpan.FromSeconds(20), () => Task.FromResult(condition()), TestContext.Current.CancellationToken);

    private void Settled(int partition, long offset) => _committer.Settled(new TopicPartitionOffset("charges", partition, offset), default);

    private List<(int Partition, long Offset)> Committed()
    {
        var committed = new List<(int, long)>();
        while (_committed.TryDequeue(out var offset))
            committed.Add((offset.Partition.Value, offset.Offset.Value));
        return committed;
    }
}
