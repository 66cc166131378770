using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class StreamMetricsTests : IDisposable
{
    private static readonly TopicPartition s_partition = new("charges", 3);
    private static readonly DateTimeOffset s_now = new(2017, 1, 12, 12, 0, 10, TimeSpan.Zero);

    private readonly ConcurrentQueue<(string Name, string? Unit, double Value, string? ErrorType)> _measured = new();
    private readonly StreamTelemetry _telemetry = new(new StreamOptions(), ChargeStream.Topic);
    private readonly MeterListener _listener = new();

    public StreamMetricsTests()
    {
        // Of this test's own meter only: others run beside it.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _telemetry.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public void A_good_batch_counts_its_messages_and_the_latency_of_each()
    {
        // The second and the third share a row.
        Commit(Batch("1000000,1.0,1484222400", "1000001,1.0,1484222405", "1000001,2.0,1484222409"), new BatchOutcome(new WriteResult { Created = 2 }));

        Assert.Equal([("{message}", 3.0)], Of("messaging.client.consumed.messages"));
        Assert.Equal([("{message}", 3.0)], Of("moviefriends.batch.size"));
        Assert.Equal([("s", 0.5)], Of("messaging.process.duration"));
        Assert.Equal([("s", 10.0), ("s", 5.0), ("s", 1.0)], Of("moviefriends.event.latency"));
        Assert.Empty(Of("moviefriends.dead_letters"));
    }

    [Fact]
    public void A_poisoned_batch_counts_its_dead_letters_and_unknown_users()
    {
        Commit(Batch("no charge", "1,1.0,1484222400"), new BatchOutcome(new WriteResult { Unmatched = 1 }, DeadLettered: 2));

        Assert.Equal([("{message}", 2.0)], Of("moviefriends.dead_letters"));
        Assert.Equal([("{message}", 1.0)], Of("moviefriends.unmatched"));
        Assert.Single(Of("moviefriends.event.latency"));
    }

    [Fact]
    public void A_retry_and_a_fenced_batch_are_counted()
    {
        _telemetry.Retry(null, new TimeoutException(), "late", attempt: 1, deadlock: false);
        _telemetry.Retry(null, new TimeoutException(), "deadlock", attempt: 2, deadlock: true);
        _telemetry.Fenced(null);

        Assert.Equal([("{transaction}", 1.0), ("{transaction}", 1.0)], Of("moviefriends.retries"));
        Assert.Equal(["late", "deadlock"], _measured.Where(m => m.Name == "moviefriends.retries").Select(m => m.ErrorType));
        Assert.Equal([("{transaction}", 1.0)], Of("moviefriends.deadlocks"));
        Assert.Equal([("{transaction}", 1.0)], Of("moviefriends.ledger.fenced"));
    }

    [Fact]
    public void The_lag_is_measured_when_it_is_asked_for()
    {
        _telemetry.Lags.Assigned([3]);
        _telemetry.Lags.Settled(3, 70);
        _telemetry.Lags.Ends(3, 100);
        _listener.RecordObservableInstruments();

        Assert.Equal([("{message}", 30.0)], Of("moviefriends.consumer.lag"));
    }

    private static MessageBatch Batch(params string[] values)
    {
        var batch = ChargeStream.NewBatch(10);
        for (var i = 0; i < values.Length; i++)
            batch.Add(i, i, default, System.Text.Encoding.UTF8.GetBytes(values[i]), s_now);
        return batch;
    }

    private void Commit(MessageBatch batch, BatchOutcome outcome) =>
        _telemetry.Committed(s_partition, batch, outcome, process: null, attempt: 1, TimeSpan.FromSeconds(0.5), s_now);

    private IEnumerable<(string? Unit, double Value)> Of(string name) => _measured.Where(m => m.Name == name).Select(m => (m.Unit, m.Value));

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? error = null;
        foreach (var (key, tag) in tags)
            error = key == "error.type" ? tag as string : error;
        _measured.Enqueue((instrument.Name, instrument.Unit, value, error));
    }
}
