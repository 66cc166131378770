using BenchmarkDotNet.Attributes;
using MovieFriends.Consumer.Charges;
using MovieFriends.Contracts.Charges;
using Neo4j.Driver.PackStream;

namespace MovieFriends.MicroBenchmarks;

/// <summary>The charges of a batch become the parameters of its statement, in the bytes that go to the database.</summary>
public class EncodeBenchmarks : IDisposable
{
    private const int Charges = 2_000;

    private readonly ChargeColumns _charges = new();
    private readonly PackStreamWriter _writer = new(1 << 20);

    public EncodeBenchmarks()
    {
        foreach (var value in Values.Generate(Charges))
        {
            ChargeCodec.Parse(value, out var charge);
            _charges.Add(charge);
        }
    }

    [Benchmark(OperationsPerInvoke = Charges)]
    public int Encode()
    {
        _writer.Truncate(0);
        new ValueWriter(_writer).WriteMap(_charges.Parameters!);
        return _writer.Length;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _writer.Dispose();
        GC.SuppressFinalize(this);
    }
}
