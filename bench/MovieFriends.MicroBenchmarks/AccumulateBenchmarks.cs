using BenchmarkDotNet.Attributes;
using MovieFriends.Consumer;
using MovieFriends.Consumer.Charges;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;

namespace MovieFriends.MicroBenchmarks;

/// <summary>Polled messages are decoded and fill a batch, which a writer then takes and gives back.</summary>
public class AccumulateBenchmarks
{
    private const int Messages = 2_000;

    private static readonly ConsumerOptions s_options = new() { MaxBatchSize = Messages };

    private readonly byte[][] _values = Values.Generate(Messages);
    private readonly byte[] _key = "1000000"u8.ToArray();
    private readonly BatchPool _pool = new(new StreamSettings("kafka", "graph", static () => new ChargeRows(), static _ => throw new NotSupportedException()) { Options = s_options });
    private readonly PartitionBuffer _buffer;
    private long _offset;

    public AccumulateBenchmarks()
    {
        _buffer = new PartitionBuffer(_pool, s_options.MaxWaitingMessages, TimeProvider.System);
        _buffer.Reset(0);
    }

    /// <summary>Each message is of another user.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int Accumulate()
    {
        foreach (var value in _values)
            _buffer.Add(new ReceivedMessage(0, _offset++, _key, value), null, default);
        return Take();
    }

    /// <summary>All messages are of one user and day: each replaces the one before it.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int AccumulateCorrections()
    {
        for (var i = 0; i < Messages; i++)
            _buffer.Add(new ReceivedMessage(0, _offset++, _key, _values[0]), null, default);
        return Take();
    }

    private int Take()
    {
        // There is a full batch, so that nobody waits.
        var batch = _buffer.TakeAsync(Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask().Result.Batch!;
        var rows = batch.Rows.Count;
        _pool.Return(batch);
        return rows;
    }
}
