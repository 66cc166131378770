using System.Buffers;
using System.Buffers.Binary;

namespace Neo4j.Driver.Bolt;

/// <summary>
/// Reads whole messages from a stream through one pooled buffer. Many messages come out of one read of the socket;
/// those complete without waiting.
/// </summary>
internal sealed class MessageReader(Stream stream, int capacity, int keptCapacity) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _start;
    private int _end;
    private CancellationTokenSource _timer = new();

    /// <summary>How long the server may be silent while an answer is due; null for as long as it takes.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The next message, valid until the next call.</summary>
    /// <exception cref="IOException">The connection ended.</exception>
    /// <exception cref="ConnectionReadTimeoutException">The server was silent for <see cref="Timeout"/>.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        while (true)
        {
            if (TryTake(out var message, out var wanted))
            {
                return message;
            }

            await FillAsync(wanted).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _timer.Dispose();
        }
    }

    // Looks at sizes only until the whole message is there; then joins its chunks where they lie.
    private bool TryTake(out ReadOnlyMemory<byte> message, out int wanted)
    {
        message = default;
        SkipKeepAlive();
        var scan = _start;
        while (true)
        {
            wanted = scan + ChunkFraming.HeaderSize - _start;
            if (_end - scan < ChunkFraming.HeaderSize)
            {
                return false;
            }

            var size = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(scan));
            scan += ChunkFraming.HeaderSize;
            if (size == 0)
            {
                message = Join(scan);
                _start = scan;
                return true;
            }

            scan += size;
            wanted = scan + ChunkFraming.HeaderSize - _start;
            if (scan > _end)
            {
                return false;
            }
        }
    }

    // An empty message between others is the server's sign of life.
    private void SkipKeepAlive()
    {
        while (_end - _start >= ChunkFraming.HeaderSize && _buffer[_start] == 0 && _buffer[_start + 1] == 0)
        {
            _start += ChunkFraming.HeaderSize;
        }
    }

    private ReadOnlyMemory<byte> Join(int end)
    {
        var first = _start + ChunkFraming.HeaderSize;
        var size = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
        var joined = first + size;
        var next = joined;
        while (true)
        {
            size = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(next));
            next += ChunkFraming.HeaderSize;
            if (next == end)
            {
                return _buffer.AsMemory(first, joined - first);
            }

            _buffer.AsSpan(next, size).CopyTo(_buffer.AsSpan(joined));
            joined += size;
            next += size;
        }
    }

    private async ValueTask FillAsync(int wanted)
    {
        MakeRoom(wanted);
        var read = Timeout is { } timeout
            ? await ReadInTimeAsync(timeout).ConfigureAwait(false)
            : await stream.ReadAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
        if (read == 0)
        {
            throw new IOException("The server closed the connection while an answer was due.");
        }

        _end += read;
    }

    private async ValueTask<int> ReadInTimeAsync(TimeSpan timeout)
    {
        if (!_timer.TryReset())
        {
            _timer.Dispose();
            _timer = new CancellationTokenSource();
        }

        _timer.CancelAfter(timeout);
        try
        {
            return await stream.ReadAsync(_buffer.AsMemory(_end), _timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw new ConnectionReadTimeoutException($"The server sent nothing for {timeout.TotalSeconds:0} s while an answer was due.", cancelled);
        }
    }

    private void MakeRoom(int wanted)
    {
        if (_start == _end)
        {
            _start = _end = 0;
            ShrinkAfterLargeMessage();
        }

        if (wanted > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, _buffer.Length * 2));
            MoveTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else if (_start + wanted > _buffer.Length || _end == _buffer.Length)
        {
            MoveTo(_buffer);
        }
    }

    private void ShrinkAfterLargeMessage()
    {
        if (_buffer.Length > Math.Max(keptCapacity, capacity) * 2)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(capacity);
        }
    }

    private void MoveTo(byte[] target)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        _end -= _start;
        _start = 0;
    }
}
