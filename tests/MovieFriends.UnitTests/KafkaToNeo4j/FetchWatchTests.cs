using Confluent.Kafka;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class FetchWatchTests : IDisposable
{
    private const long Next = 10, More = 20;

    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly Broker _broker = new();
    private readonly CancellationTokenSource _over = new();
    private readonly PartitionState _partition;
    private readonly Task _watching;
    private TaskCompletionSource _looked = new();

    public FetchWatchTests()
    {
        var threads = new EngineThreads(_time);
        _partition = new PartitionState(
            new TopicPartition("orders", 3), new PartitionBuffer(new BatchPool(ChargeStream.With(new StreamOptions())), 100, _time), new PollCommands(threads));
        _watching = new FetchWatch(Look, _broker, threads).WatchAsync(_over.Token);
    }

    [Theory]
    [InlineData(false)] // It has not found where to begin.
    [InlineData(true)]
    public async Task A_client_that_brings_nothing_though_there_are_messages_is_given_up(bool isSought)
    {
        WantsNext(isSought);

        var start = _time.GetTimestamp();
        while (await AdvanceAsync())
            Assert.True(_time.GetElapsedTime(start) < TimeSpan.FromMinutes(2));

        var exception = await Assert.ThrowsAsync<StalledFetchException>(() => _watching);
        Assert.Equal(3, exception.Partition);
        Assert.InRange(exception.Time, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(75));
    }

    [Theory]
    [InlineData("Kafka is away")]
    [InlineData("there are no messages")]
    [InlineData("fetching is paused")]
    [InlineData("nobody knows yet what is wanted")]
    [InlineData("messages come")]
    public async Task It_is_kept_while(string what)
    {
        if (what != "nobody knows yet what is wanted")
            WantsNext(isSought: true);
        _broker.End = what switch { "Kafka is away" => null, "there are no messages" => Next, _ => More };
        _partition.IsPaused = what == "fetching is paused";

        for (var steps = 0; steps < 60; steps++)
        {
            if (what == "messages come" && steps % 8 == 0)
                _partition.Hear();
            Assert.True(await AdvanceAsync());
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
    }

    private void WantsNext(bool isSought)
    {
        _partition.Seek(Next);
        if (!isSought)
            return;
        _partition.Hear();
        _partition.Buffer.Reset(Next);
        _partition.Sought();
    }

    // A look begins when the one before it is over.
    private PartitionState[] Look()
    {
        Interlocked.Exchange(ref _looked, new()).TrySetResult();
        return [_partition];
    }

    // Whether it still goes on when it has looked once more.
    private async Task<bool> AdvanceAsync()
    {
        var looked = Volatile.Read(ref _looked).Task;
        _time.Advance(s_step);
        return await Task.WhenAny(looked, _watching) == looked;
    }

    private sealed class Broker : IBrokerClient
    {
        public long? End { get; set; } = More;

        public WatermarkOffsets QueryWatermarkOffsets(TopicPartition partition, TimeSpan timeout) =>
            new(0, End ?? throw new KafkaException(ErrorCode.Local_Transport));

        public int CountPartitions(string topic, TimeSpan timeout) => throw new NotSupportedException();

        public void Assign(TopicPartitionOffset partition) => throw new NotSupportedException();

        public ConsumeResult<byte[], byte[]>? Consume(TimeSpan timeout) => throw new NotSupportedException();

        public void Unassign() => throw new NotSupportedException();

        public Task<string> ReadTopicIdAsync(TopicSettings topic) => throw new NotSupportedException();

        public Task<long> ProduceAsync(TopicPartition partition, Message<byte[], byte[]> message) => throw new NotSupportedException();
    }
}
