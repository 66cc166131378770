using MovieFriends.Contracts.Rentals;

namespace MovieFriends.Producer.Sources;

/// <summary>Rentals from lines of JSON.</summary>
internal sealed class RentalLines(Stream stream, string name, MalformedLinePolicy onMalformed, ILogger logger)
    : LineSource(stream, name, RentalJson.MaxAcceptedLength, onMalformed, logger)
{
    protected override string? Problem(ReadOnlySpan<byte> line, out long userId)
    {
        var rental = RentalJson.Read(line, out var error);
        userId = rental?.UserId ?? 0;
        return rental is null ? error : null;
    }
}
