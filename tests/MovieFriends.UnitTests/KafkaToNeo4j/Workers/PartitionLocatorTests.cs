using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Workers;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j.Workers;

/// <summary>A partition whose first messages are deleted, and another consumer that moves its ledger on between two questions of this one.</summary>
public sealed class PartitionLocatorTests
{
    private const long Gone = 50, End = 100, Later = 80;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_that_nobody_has_read_are_skipped()
    {
        var graph = new Graph(ledger: 0);

        Assert.Equal(Gone, (await FindAsync(graph, GapPolicy.Skip)).Start);
        Assert.Equal([(0, Gone)], graph.Claims);
    }

    [Theory]
    [InlineData("read", 1)]
    [InlineData("read", 2)]
    [InlineData("open", 1)]
    [InlineData("claim", 1)]
    public async Task Where_another_one_has_skipped_them_and_gone_on_the_ledger_stays(string before, int time)
    {
        var graph = new Graph(ledger: 0) { MovesBefore = (before, time), MovesTo = Later };

        Assert.Equal(Later, (await FindAsync(graph, GapPolicy.Skip)).Start);
        Assert.Equal(Later, graph.Ledger);
    }

    [Fact]
    public async Task What_another_one_has_read_meanwhile_is_not_taken_for_unread()
    {
        var graph = new Graph(ledger: 0) { MovesBefore = ("read", 2), MovesTo = Later };

        Assert.Equal(Later, (await FindAsync(graph, GapPolicy.Fail)).Start);
        await Assert.ThrowsAsync<FatalException>(() => FindAsync(new Graph(ledger: 0), GapPolicy.Fail));
    }

    private static async Task<StartPosition> FindAsync(Graph graph, GapPolicy onGap)
    {
        var stream = ChargeStream.With(new StreamOptions { OnGap = onGap });
        var (time, threads, broker) = (TimeProvider.System, new EngineThreads(TimeProvider.System), new Broker());
        var identity = new TopicIdentity(broker, stream, time);
        using var ranges = new PartitionRanges(broker, identity, stream.Topic, threads);
        using var deadLetters = new DeadLetterTail(broker, stream.Topic, threads);
        var locator = new PartitionLocator(
            new OffsetLedger(graph, stream.Topic, stream.Options, time),
            ranges,
            deadLetters,
            new BrokerQuestions(new KafkaHealth(NullLogger<KafkaHealth>.Instance), time, new Random(1), NullLogger<BrokerQuestions>.Instance),
            new LedgerQuestions(
                new GraphRetry(time, NullLogger<GraphRetry>.Instance, "graph"), new DatabaseHealth(NullLogger<DatabaseHealth>.Instance, time), stream),
            stream,
            NullLogger<PartitionLocator>.Instance);
        return await locator.FindStartAsync(0, Cancellation);
    }

    private sealed class Broker : IBrokerClient
    {
        public WatermarkOffsets QueryWatermarkOffsets(TopicPartition partition, TimeSpan timeout) =>
            partition.Topic == ChargeStream.Topic.Name ? new WatermarkOffsets(Gone, End) : new WatermarkOffsets(0, 0);

        public int CountPartitions(string topic, TimeSpan timeout) => 1;

        public Task<string> ReadTopicIdAsync(TopicSettings topic) => Task.FromResult("topic");

        public void Assign(TopicPartitionOffset partition) => throw new NotSupportedException();

        public ConsumeResult<byte[], byte[]>? Consume(TimeSpan timeout) => throw new NotSupportedException();

        public void Unassign() => throw new NotSupportedException();

        public Task<long> ProduceAsync(TopicPartition partition, Message<byte[], byte[]> message) => throw new NotSupportedException();
    }

    /// <summary>One ledger, which somebody else moves just before a statement.</summary>
    private sealed class Graph(long ledger) : IGraph
    {
        private readonly Dictionary<string, int> _times = [];

        public long Ledger { get; private set; } = ledger;

        public List<(long From, long To)> Claims { get; } = [];

        public (string Statement, int Time) MovesBefore { get; init; }

        public long MovesTo { get; init; }

        public Task<OpenTransaction> BeginAsync(TimeSpan limit) => Task.FromResult<OpenTransaction>(new Transaction(this));

        public Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ReadAsync(GraphQuery query, IDictionary<string, object?> parameters)
        {
            Before("read");
            return Task.FromResult(Rows(Ledger));
        }

        private static IReadOnlyList<IReadOnlyDictionary<string, object>> Rows(long nextOffset) =>
            [new Dictionary<string, object> { ["nextOffset"] = nextOffset, ["topicId"] = "topic", ["owner"] = "somebody", ["deadLetterOffset"] = 0L, ["startedOver"] = 0L }];

        private void Before(string statement)
        {
            var time = _times[statement] = _times.GetValueOrDefault(statement) + 1;
            if (MovesBefore == (statement, time))
                Ledger = MovesTo;
        }

        private sealed class Transaction(Graph graph) : OpenTransaction
        {
            private long? _moved;

            public override IAsyncQueryRunner Runner => throw new NotSupportedException();

            public override Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ListAsync(GraphQuery query, IDictionary<string, object?> parameters)
            {
                if (query == LedgerStatements.Open)
                {
                    graph.Before("open");
                    return Task.FromResult(Rows(graph.Ledger));
                }

                graph.Before("claim");
                var (from, to) = ((long)parameters["from"]!, (long)parameters["to"]!);
                graph.Claims.Add((from, to));
                if (from != graph.Ledger)
                    return Task.FromResult<IReadOnlyList<IReadOnlyDictionary<string, object>>>([]);
                _moved = to;
                return Task.FromResult(Rows(to));
            }

            public override Task ExecuteAsync(GraphQuery query, IDictionary<string, object?> parameters) => throw new NotSupportedException();

            public override Task CommitAsync()
            {
                graph.Ledger = _moved ?? graph.Ledger;
                return Task.CompletedTask;
            }

            public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
