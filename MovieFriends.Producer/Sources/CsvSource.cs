using MovieFriends.Contracts.Charges;
using MovieFriends.Extensions;

namespace MovieFriends.Producer.Sources;

/// <summary>
/// Reads charges from lines <c>userId,amount,epochSeconds</c>. Each line becomes a message value as it is. Blank lines at the end are passed
/// over; before others they are lines that are not charges.
/// </summary>
internal sealed partial class CsvSource(Stream stream, string name, MalformedLinePolicy onMalformed, ILogger logger) : IChargeSource
{
    // A file of another kind has a million such lines; the count says so as well.
    private const int NamedLines = 10;

    // Of the lines read last. Whether they are the end is known only when there is no other.
    private long _blank;

    private readonly LineReader _lines = new(stream, ChargeCodec.MaxAcceptedLength);

    public long UserId { get; private set; }

    public ReadOnlySpan<byte> Value => _lines.Line;

    public long Total => 0;

    public long Malformed { get; private set; }

    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.FillAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FatalException($"{name} cannot be read: {exception.Message}", exception);
        }
    }

    public bool TryRead()
    {
        while (_lines.TryRead())
        {
            if (!_lines.IsTooLong && _lines.Line.IndexOfAnyExcept(" \t"u8) < 0)
            {
                _blank++;
                continue;
            }

            for (; _blank > 0; _blank--)
                Refuse(ChargeFormatError.Empty, _lines.LineNumber - _blank);

            var charge = default(Charge);
            var error = _lines.IsTooLong ? ChargeFormatError.TooLong : ChargeCodec.Parse(_lines.Line, out charge);
            if (error == ChargeFormatError.None)
            {
                UserId = charge.UserId;
                return true;
            }

            Refuse(error, _lines.LineNumber);
        }

        return false;
    }

    public void Dispose() => _lines.Dispose();

    private void Refuse(ChargeFormatError error, long line)
    {
        if (onMalformed == MalformedLinePolicy.Fail)
        {
            throw new FatalException(
                $"{name}, line {line}: {error.Describe()} Nothing was sent from this line on. To leave such lines out: Producer:OnMalformed=Skip.");
        }

        if (++Malformed <= NamedLines)
            LogSkipped(logger, name, line, error.Describe());
    }

    [LoggerMessage(LogLevel.Warning, "{File}, line {Line} is left out: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string file, long line, string reason);
}
