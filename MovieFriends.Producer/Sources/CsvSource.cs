using MovieFriends.Contracts.Charges;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Producer.Sources;

/// <summary>Reads charges from lines <c>userId,amount,epochSeconds</c>. Each line becomes a message value as it is.</summary>
internal sealed partial class CsvSource(Stream stream, string name, MalformedLinePolicy onMalformed, ILogger logger) : IChargeSource
{
    // A file of another kind has a million such lines; the count says so as well.
    private const int NamedLines = 10;

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
            var charge = default(Charge);
            var error = _lines.IsTooLong ? ChargeFormatError.TooLong : ChargeCodec.Parse(_lines.Line, out charge);
            if (error == ChargeFormatError.None)
            {
                UserId = charge.UserId;
                return true;
            }

            Refuse(error);
        }

        return false;
    }

    public void Dispose() => _lines.Dispose();

    private void Refuse(ChargeFormatError error)
    {
        if (onMalformed == MalformedLinePolicy.Fail)
        {
            throw new FatalException(
                $"{name}, line {_lines.LineNumber}: {error.Describe()} Nothing was sent from this line on. To leave such lines out: Producer:OnMalformed=Skip.");
        }

        if (++Malformed <= NamedLines)
            LogSkipped(logger, name, _lines.LineNumber, error.Describe());
    }

    [LoggerMessage(LogLevel.Warning, "{File}, line {Line} is left out: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string file, long line, string reason);
}
