using MovieFriends.Contracts.Charges;

namespace MovieFriends.Producer.Sources;

/// <summary>Charges from lines <c>userId,amount,epochSeconds</c>.</summary>
internal sealed class ChargeLines(Stream stream, string name, MalformedLinePolicy onMalformed, ILogger logger)
    : LineSource(stream, name, ChargeCodec.MaxAcceptedLength, onMalformed, logger)
{
    protected override string? Problem(ReadOnlySpan<byte> line, out long userId)
    {
        var error = ChargeCodec.Parse(line, out var charge);
        userId = charge.UserId;
        return error == ChargeFormatError.None ? null : error.Describe();
    }
}
