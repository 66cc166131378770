using Confluent.Kafka;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Verifier.Expected;

/// <summary>Reads charges straight from the client's memory; malformed ones are told, not thrown.</summary>
internal sealed class ChargeDeserializer : IDeserializer<ParsedCharge>
{
    public ParsedCharge Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        var error = ChargeCodec.Parse(data, out var charge);
        return new ParsedCharge(error, charge);
    }
}
