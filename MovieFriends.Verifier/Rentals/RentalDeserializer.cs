using Confluent.Kafka;
using MovieFriends.Contracts.Rentals;

namespace MovieFriends.Verifier.Rentals;

/// <summary>Reads rentals; a message that is none becomes one without a rental.</summary>
internal sealed class RentalDeserializer : IDeserializer<ParsedRental>
{
    public ParsedRental Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => new(isNull ? null : RentalJson.Read(data, out _));
}
