using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class SettledBatchesTests : IDisposable
{
    private static readonly TopicPartition s_partition = new("charges", 3);

    private readonly StreamOptions _options = new() { StopAfter = 1 };
    private readonly StreamTelemetry _telemetry;
    private readonly StreamStatistics _statistics = new(TimeProvider.System, new RecentLatencies(TimeProvider.System));
    private readonly StreamEnd _end = new(EngineThreads.System);
    private readonly StopCondition _stop;
    private readonly List<TopicPartitionOffset> _offsets = [];
    private readonly OffsetCommitter _committer;
    private readonly FaultyLog _log = new();
    private readonly SettledBatches _settled;

    public SettledBatchesTests()
    {
        _telemetry = new StreamTelemetry(_options, ChargeStream.Topic);
        _stop = new StopCondition(_options, _statistics, _end);
        _committer = new OffsetCommitter(_offsets.AddRange, _telemetry, TimeProvider.System, NullLogger<OffsetCommitter>.Instance);
        _settled = new SettledBatches(
            _statistics,
            _telemetry,
            new DatabaseHealth(NullLogger<DatabaseHealth>.Instance, TimeProvider.System),
            new BatchDump(_options, NullLogger<BatchDump>.Instance),
            _committer,
            _stop,
            TimeProvider.System,
            _log);
    }

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public void A_step_that_fails_is_one_warning_and_the_others_are_done()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, _telemetry.Meter))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("an exporter's fault"));
        listener.Start();
        Assert.True(_stop.Accept(3, 7));

        Add();

        Assert.Equal(["telemetry", "log"], _log.Warnings.GetSnapshot().Select(line => line.Message.Split("failed at ")[1].Split(';')[0]));
        Assert.Equal(1, _statistics.Settled);
        _committer.Flush();
        Assert.Equal(new TopicPartitionOffset(s_partition, 8), Assert.Single(_offsets));
        Assert.Equal(RunOutcome.Completed, _end.Outcome);
        Assert.True(_end.Token.IsCancellationRequested);
    }

    [Fact]
    public void Offsets_that_the_client_does_not_take_end_nothing_whatever_it_throws()
    {
        var committer = new OffsetCommitter(_ => throw new ObjectDisposedException("client"), _telemetry, TimeProvider.System, NullLogger<OffsetCommitter>.Instance);
        committer.Settled(new TopicPartitionOffset(s_partition, 8), default);

        Assert.Null(Record.Exception(committer.Flush));
    }

    private void Add()
    {
        var batch = ChargeStream.NewBatch(1);
        batch.Add(7, 7, [], "1000000,5.84,1484261697"u8, DateTimeOffset.UnixEpoch);
        _settled.Add(new SettledBatch(s_partition, batch, new BatchOutcome(new WriteResult { Created = 1 }), Process: null, Attempt: 1, TimeSpan.Zero), new PendingDeadLetters());
    }

    // Takes no details.
    private sealed class FaultyLog : ILogger<SettledBatches>
    {
        private readonly FakeLogger _log = new();

        public FakeLogCollector Warnings => _log.Collector;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < LogLevel.Warning)
                throw new InvalidOperationException("a log's fault");
            _log.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
