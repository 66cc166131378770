using Confluent.Kafka;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Polling;
using MovieFriends.KafkaToNeo4j.Ports;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class GroupMembershipTests : IDisposable
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly Client _client = new();
    private readonly CancellationTokenSource _over = new();

    [Fact]
    public async Task A_client_that_stays_outside_of_its_group_though_Kafka_answers_is_given_up()
    {
        var watching = Watch();

        var start = _time.GetTimestamp();
        while (await AdvanceAsync(watching))
            Assert.True(_time.GetElapsedTime(start) < TimeSpan.FromMinutes(2));

        var exception = await Assert.ThrowsAsync<NotAMemberException>(() => watching);
        Assert.InRange(exception.Time, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task It_is_kept_while_it_is_a_member_or_Kafka_is_away(bool isMember, bool answers)
    {
        (_client.IsMember, _client.Answers) = (isMember, answers);
        var watching = Watch();

        for (var steps = 0; steps < 60; steps++)
            Assert.True(await AdvanceAsync(watching));

        await _over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task The_time_counts_anew_when_it_has_been_a_member()
    {
        var watching = Watch();
        for (var steps = 0; steps < 60; steps++)
        {
            _client.IsMember = steps % 7 == 0;
            Assert.True(await AdvanceAsync(watching));
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
        _client.Dispose();
    }

    private Task Watch() =>
        new GroupMembership(_client, _client, ChargeStream.With(new StreamOptions()), new EngineThreads(_time)).WatchAsync(_over.Token);

    // Whether it still goes on when it has looked once more.
    private async Task<bool> AdvanceAsync(Task watching)
    {
        var looked = _client.LookedAsync();
        _time.Advance(s_step);
        return await Task.WhenAny(looked, watching) == looked;
    }

    private sealed class Client : IGroupConsumer, IBrokerClient, IDisposable
    {
        private readonly SemaphoreSlim _looked = new(0);
        private bool _isMember;

        public bool Answers { get; set; } = true;

        public bool IsMember
        {
            get
            {
                _looked.Release();
                return _isMember;
            }
            set => _isMember = value;
        }

        public Task LookedAsync() => _looked.WaitAsync();

        public int CountPartitions(string topic, TimeSpan timeout) => Answers ? 4 : throw new KafkaException(ErrorCode.Local_Transport);

        public void Dispose() => _looked.Dispose();

        void IGroupConsumer.Subscribe(string topic) => throw new NotSupportedException();

        ConsumeResult<MessageBytes, MessageBytes>? IGroupConsumer.Consume(TimeSpan timeout) => throw new NotSupportedException();

        void IGroupConsumer.IncrementalAssign(TopicPartitionOffset partition) => throw new NotSupportedException();

        void IGroupConsumer.IncrementalUnassign(TopicPartition partition) => throw new NotSupportedException();

        void IGroupConsumer.Seek(TopicPartitionOffset position) => throw new NotSupportedException();

        void IGroupConsumer.Pause(TopicPartition partition) => throw new NotSupportedException();

        void IGroupConsumer.Resume(TopicPartition partition) => throw new NotSupportedException();

        void IGroupConsumer.Commit(IEnumerable<TopicPartitionOffset> offsets) => throw new NotSupportedException();

        void IGroupConsumer.Close() => throw new NotSupportedException();

        WatermarkOffsets IBrokerClient.QueryWatermarkOffsets(TopicPartition partition, TimeSpan timeout) => throw new NotSupportedException();

        void IBrokerClient.Assign(TopicPartitionOffset partition) => throw new NotSupportedException();

        ConsumeResult<byte[], byte[]>? IBrokerClient.Consume(TimeSpan timeout) => throw new NotSupportedException();

        void IBrokerClient.Unassign() => throw new NotSupportedException();

        Task<string> IBrokerClient.ReadTopicIdAsync(TopicSettings topic) => throw new NotSupportedException();

        Task<long> IBrokerClient.ProduceAsync(TopicPartition partition, Message<byte[], byte[]> message) => throw new NotSupportedException();
    }
}
