namespace MovieFriends.Producer.Sources;

/// <summary>Cuts a stream into lines without copying them, in memory that does not grow with a line's length.</summary>
internal sealed class LineReader(Stream stream, int maxLineLength, int bufferLength = 64 * 1024) : IDisposable
{
    private readonly byte[] _buffer = new byte[bufferLength];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineEnd;
    private bool _atEnd;
    private bool _overflow;

    /// <summary>The number of the line read last; the first is 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The line read last, without its line break; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineEnd - _lineStart);

    /// <summary>Whether the line read last is longer than allowed; <see cref="Line"/> may then be a part of it.</summary>
    public bool IsTooLong { get; private set; }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads on in the stream.</summary>
    /// <returns>False at the end.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_atEnd)
            return false;

        var kept = _end - _start;
        if (kept == _buffer.Length)
        {
            // A line as long as this is refused anyway; only that it was there must be remembered.
            _overflow = true;
            kept = 0;
        }
        else
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }

        (_start, _end) = (0, kept);

        // Reading from a terminal or a pipe cannot be cancelled, so the wait for it is.
        var read = await Task.Run(() => stream.Read(_buffer, kept, _buffer.Length - kept), cancellationToken).WaitAsync(cancellationToken);
        _end += read;
        _atEnd = read == 0;
        return !_atEnd || kept > 0 || _overflow;
    }

    /// <summary>Reads the next line.</summary>
    /// <returns>False if <see cref="FillAsync"/> is due.</returns>
    public bool TryRead()
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        var length = rest.IndexOf((byte)'\n');
        if (length < 0 && (!_atEnd || (rest.IsEmpty && !_overflow)))
            return false;

        _lineStart = _start;
        _lineEnd = _start + (length < 0 ? rest.Length : length);
        _start = length < 0 ? _end : _lineEnd + 1;
        if (_lineEnd > _lineStart && _buffer[_lineEnd - 1] == (byte)'\r')
            _lineEnd--;
        if (++LineNumber == 1 && Line.StartsWith(ByteOrderMark))
            _lineStart += ByteOrderMark.Length;

        IsTooLong = _overflow || _lineEnd - _lineStart > maxLineLength;
        _overflow = false;
        return true;
    }

    public void Dispose() => stream.Dispose();
}
