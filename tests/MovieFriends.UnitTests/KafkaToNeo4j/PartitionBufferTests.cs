using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class PartitionBufferTests
{
    private const int BatchSize = 3;

    private readonly PartitionBuffer _buffer = new(
        new BatchPool(ChargeStream.With(new StreamOptions { MaxBatchSize = BatchSize })), maxWaitingMessages: 6, TimeProvider.System);

    [Fact]
    public async Task A_single_message_is_a_batch_at_once()
    {
        _buffer.Reset(0);
        Add(0);

        Assert.Equal(1, (await TakeAsync()).Count);
    }

    [Fact]
    public async Task What_has_accumulated_is_taken_up_to_the_largest_batch()
    {
        _buffer.Reset(0);
        for (var offset = 0; offset < 5; offset++)
            Add(offset);

        Assert.Equal(3, (await TakeAsync()).Count);
        Assert.Equal(2, (await TakeAsync()).Count);
    }

    [Fact]
    public void Taking_waits_while_there_is_nothing()
    {
        _buffer.Reset(0);

        Assert.False(TakeAsync().IsCompleted);
    }

    [Fact]
    public async Task Messages_before_the_position_are_passed_over()
    {
        _buffer.Reset(10);
        Add(8);
        Add(9);
        Add(10);

        var batch = await TakeAsync();
        Assert.Equal((10, 11), (batch.FromOffset, batch.NextOffset));
    }

    [Fact]
    public void Nothing_is_wanted_while_the_position_is_unknown()
    {
        Assert.False(_buffer.Wants(0));
        _buffer.Reset(4);
        Assert.False(_buffer.Wants(3));
        Assert.True(_buffer.Wants(4));
        _buffer.Reset(-1);
        Assert.False(_buffer.Wants(4));
    }

    [Fact]
    public async Task It_is_full_when_enough_messages_wait_and_resumes_when_half_of_them_are_gone()
    {
        _buffer.Reset(0);
        for (var offset = 0; offset < 5; offset++)
            Assert.False(Add(offset));
        Assert.True(Add(5));

        var (_, resume) = await _buffer.TakeAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        Assert.True(resume);
        (_, resume) = await _buffer.TakeAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        Assert.False(resume);
    }

    [Fact]
    public void It_is_full_until_a_batch_is_taken()
    {
        _buffer.Reset(0);
        for (var offset = 0; offset < 6; offset++)
            Add(offset);
        Assert.True(_buffer.IsFull);

        Assert.Equal(3, _buffer.TakeFull().Batch!.Count);
        Assert.False(_buffer.IsFull);
    }

    [Fact]
    public void Only_a_full_batch_is_taken_to_be_prepared()
    {
        _buffer.Reset(0);
        Add(0);
        Add(1);
        Assert.False(_buffer.HasFullBatch);
        Assert.Null(_buffer.TakeFull().Batch);

        Add(2);
        Assert.True(_buffer.HasFullBatch);
        Assert.Equal(3, _buffer.TakeFull().Batch!.Count);
        Assert.False(_buffer.HasFullBatch);
    }

    [Fact]
    public async Task It_is_full_of_large_messages_before_it_has_many()
    {
        _buffer.Reset(0);
        var large = new byte[PartitionBuffer.MaxWaitingBytes / 4];
        for (var offset = 0; offset < 3; offset++)
            Assert.False(Add(offset, large));
        Assert.True(Add(3, large));

        Assert.False((await _buffer.TakeAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken)).Resume);
        Assert.True((await _buffer.TakeAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken)).Resume);
    }

    [Fact]
    public void What_is_thrown_away_does_not_wait()
    {
        _buffer.Reset(0);
        for (var offset = 0; offset < 5; offset++)
            Add(offset);

        Assert.Equal(5, _buffer.Reset(0));
        for (var offset = 0; offset < 5; offset++)
            Assert.False(Add(offset));
    }

    [Fact]
    public async Task A_reset_throws_away_what_waits()
    {
        _buffer.Reset(0);
        Add(0);
        Add(1);
        _buffer.Reset(7);
        Add(7);

        Assert.Equal(7, (await TakeAsync()).FromOffset);
    }

    [Fact]
    public async Task Offsets_without_a_message_belong_to_the_batch_after_them()
    {
        _buffer.Reset(0);
        Add(4);

        var batch = await TakeAsync();
        Assert.Equal((0, 5), (batch.FromOffset, batch.NextOffset));
    }

    [Fact]
    public async Task The_end_of_the_partition_behind_the_last_message_is_a_batch_without_messages()
    {
        _buffer.Reset(5);
        _buffer.SkipTo(7, DateTimeOffset.UnixEpoch);

        var batch = await TakeAsync();
        Assert.Equal((5, 7, 0), (batch.FromOffset, batch.NextOffset, batch.Count));
    }

    [Fact]
    public async Task Offsets_without_a_message_at_the_end_belong_to_the_batch_that_waits()
    {
        _buffer.Reset(5);
        Add(5);
        _buffer.SkipTo(8, DateTimeOffset.UnixEpoch);
        Add(8);

        var batch = await TakeAsync();
        Assert.Equal((5, 9, 2), (batch.FromOffset, batch.NextOffset, batch.Count));
    }

    [Fact]
    public void The_end_that_is_reached_already_is_no_batch()
    {
        _buffer.Reset(5);
        _buffer.SkipTo(5, DateTimeOffset.UnixEpoch);

        Assert.False(TakeAsync().IsCompleted);
    }

    [Fact]
    public async Task Waiting_ends_without_a_batch_when_nothing_comes()
    {
        _buffer.Reset(0);

        Assert.Null((await _buffer.TakeAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).Batch);
    }

    [Fact]
    public async Task A_batch_of_large_messages_is_full_before_it_has_many()
    {
        _buffer.Reset(0);
        var large = new byte[MessageBatch.MaxBytes / 2];
        for (var offset = 0; offset < 3; offset++)
            Add(offset, large);

        Assert.Equal(2, (await TakeAsync()).Count);
        Assert.Equal(1, (await TakeAsync()).Count);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_now_is_not_taken_and_the_next_one_in_turn_is_the_same()
    {
        var buffer = new PartitionBuffer(new BatchPool(new StreamSettings("kafka", "graph", () => new RowsWithout(5), _ => throw new NotSupportedException()) { Options = new StreamOptions() }), 6, TimeProvider.System);
        buffer.Reset(4);

        Assert.Equal((false, null), buffer.Add(new ReceivedMessage(0, 4, default, "x"u8), null, DateTimeOffset.UnixEpoch));
        Assert.Equal("away", buffer.Add(new ReceivedMessage(0, 5, default, "x"u8), null, DateTimeOffset.UnixEpoch).Missing);
        Assert.Equal(5, buffer.Position);

        var batch = (await buffer.TakeAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken)).Batch!;
        Assert.Equal((4, 5, 1), (batch.FromOffset, batch.NextOffset, batch.Count));
        Assert.Equal("away", buffer.Add(new ReceivedMessage(0, 5, default, "x"u8), null, DateTimeOffset.UnixEpoch).Missing);
        Assert.Null((await buffer.TakeAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).Batch);
    }

    private bool Add(long offset) => Add(offset, "1000000,5.84,1484261697"u8);

    private bool Add(long offset, ReadOnlySpan<byte> value) => _buffer.Add(offset, default, value, null, DateTimeOffset.UnixEpoch);

    private async Task<MessageBatch> TakeAsync() => (await _buffer.TakeAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken)).Batch!;

    private sealed class RowsWithout(long offset) : IRowSet
    {
        public int Count { get; private set; }

        public RowResult Add(in ReceivedMessage message) => message.Offset == offset ? RowResult.Later("away") : RowResult.InRow(Count++);

        public void Clear() => Count = 0;
    }
}
