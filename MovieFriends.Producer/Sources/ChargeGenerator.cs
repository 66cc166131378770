using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Generation;

namespace MovieFriends.Producer.Sources;

/// <summary>Makes charges up. Amounts are 0 to 49.99 in whole cents.</summary>
internal sealed class ChargeGenerator(ProducerOptions options, TimeProvider time) : GeneratorSource(options, time, ChargeCodec.MaxEncodedLength)
{
    private const int Cents = 5_000;

    protected override int Write(long userId, double seconds, ref SplitMix64 random, Span<byte> destination) =>
        ChargeCodec.Write(new Charge(userId, random.Next(Cents) / 100.0, seconds), destination);
}
