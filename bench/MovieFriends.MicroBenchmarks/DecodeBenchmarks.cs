using BenchmarkDotNet.Attributes;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.MicroBenchmarks;

/// <summary>A message's value becomes a charge.</summary>
public class DecodeBenchmarks
{
    private const int Messages = 1_000;

    private readonly byte[][] _values = Values.Generate(Messages);

    [Benchmark(OperationsPerInvoke = Messages)]
    public double Decode()
    {
        var sum = 0.0;
        foreach (var value in _values)
        {
            ChargeCodec.Parse(value, out var charge);
            sum += charge.Amount;
        }

        return sum;
    }
}
