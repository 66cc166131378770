using MovieFriends.Extensions;

namespace MovieFriends.Producer.Sources;

/// <summary>
/// Reads events from lines. Each line becomes a message value as it is. Blank lines at the end are passed over; before others they are
/// lines that are no events.
/// </summary>
internal abstract partial class LineSource(Stream stream, string name, int maxLineLength, MalformedLinePolicy onMalformed, ILogger logger) : IEventSource
{
    // A file of another kind has a million such lines; the count says so as well.
    private const int NamedLines = 10;

    // Of the lines read last. Whether they are the end is known only when there is no other.
    private long _blank;

    private readonly LineReader _lines = new(stream, maxLineLength);

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
        var userId = 0L;
        while (_lines.TryRead())
        {
            if (!_lines.IsTooLong && _lines.Line.IndexOfAnyExcept(" \t"u8) < 0)
            {
                _blank++;
                continue;
            }

            for (; _blank > 0; _blank--)
                Refuse(Problem([], out _)!, _lines.LineNumber - _blank);

            var error = _lines.IsTooLong ? $"It is longer than {maxLineLength} bytes." : Problem(_lines.Line, out userId);
            if (error is null)
            {
                UserId = userId;
                return true;
            }

            Refuse(error, _lines.LineNumber);
        }

        return false;
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="userId">The user, if it is an event.</param>
    /// <returns>Why it is none, in one sentence; null if it is one.</returns>
    protected abstract string? Problem(ReadOnlySpan<byte> line, out long userId);

    private void Refuse(string error, long line)
    {
        if (onMalformed == MalformedLinePolicy.Fail)
        {
            throw new FatalException(
                $"{name}, line {line}: {error} Nothing was sent from this line on. To leave such lines out: Producer:OnMalformed=Skip.");
        }

        if (++Malformed <= NamedLines)
            LogSkipped(logger, name, line, error);
    }

    [LoggerMessage(LogLevel.Warning, "{File}, line {Line} is left out: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string file, long line, string reason);
}
