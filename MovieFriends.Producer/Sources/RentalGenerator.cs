using MovieFriends.Contracts.Generation;
using MovieFriends.Contracts.Rentals;

namespace MovieFriends.Producer.Sources;

/// <summary>Makes rentals up: each user rents any movie. Movies have the ids from 1.</summary>
internal sealed class RentalGenerator(ProducerOptions options, TimeProvider time) : GeneratorSource(options, time, RentalJson.MaxEncodedLength)
{
    private readonly long _movies = options.Movies;

    protected override int Write(long userId, double seconds, ref SplitMix64 random, Span<byte> destination) =>
        RentalJson.Write((userId, 1 + random.Next(_movies), seconds), destination);
}
