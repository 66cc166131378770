using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Neo4j.Driver.PackStream;

/// <summary>
/// Encodes PackStream values into one growing buffer from the shared pool. Columns of numbers and strings are written
/// from spans: no allocation and no boxing for a value.
/// </summary>
internal sealed class PackStreamWriter : IDisposable
{
    private const int MaxIntegerSize = 9;
    private const int MaxHeaderSize = 5;
    private const int MaxBytesPerChar = 3;

    private readonly int _initialCapacity;
    private byte[] _buffer;

    public PackStreamWriter(int initialCapacity)
    {
        _initialCapacity = initialCapacity;
        _buffer = ArrayPool<byte>.Shared.Rent(initialCapacity);
    }

    /// <summary>How many bytes have been written.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    public int Capacity => _buffer.Length;

    public Span<byte> WrittenFrom(int start) => _buffer.AsSpan(start, Length - start);

    /// <summary>Forgets everything written after <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Empties the buffer; one that has outgrown <paramref name="keptCapacity"/> goes back to the pool.</summary>
    public void Clear(int keptCapacity)
    {
        Length = 0;
        if (_buffer.Length > Math.Max(keptCapacity, _initialCapacity) * 2)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(_initialCapacity);
        }
    }

    /// <summary>Makes room for <paramref name="size"/> bytes and counts them as written.</summary>
    public Span<byte> Take(int size)
    {
        var span = Room(size);
        Length += size;
        return span[..size];
    }

    public void WriteNull() => Take(1)[0] = Marker.Null;

    public void WriteBoolean(bool value) => Take(1)[0] = value ? Marker.True : Marker.False;

    public void WriteFloat(double value) => Length += Put(Room(MaxIntegerSize), value);

    public void WriteInteger(long value) => Length += Put(Room(MaxIntegerSize), value);

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteSize(value.Length, Marker.Bytes8);
        value.CopyTo(Take(value.Length));
    }

    public void WriteString(ReadOnlySpan<char> value) => Length += Put(Room(MaxHeaderSize + value.Length * MaxBytesPerChar), value);

    public void WriteListHeader(int size) => WriteHeader(size, Marker.TinyList, Marker.List8);

    public void WriteMapHeader(int size) => WriteHeader(size, Marker.TinyMap, Marker.Map8);

    /// <param name="size">Number of fields, at most 15: no structure of Bolt has more.</param>
    /// <param name="tag">What the structure is.</param>
    public void WriteStructureHeader(int size, byte tag)
    {
        var span = Take(2);
        span[0] = (byte)(Marker.TinyStructure | size);
        span[1] = tag;
    }

    public void WriteList(ReadOnlySpan<long> values)
    {
        WriteListHeader(values.Length);
        var room = Room(checked(values.Length * MaxIntegerSize));
        var position = 0;
        foreach (var value in values)
        {
            position += Put(room[position..], value);
        }

        Length += position;
    }

    public void WriteList(ReadOnlySpan<int> values)
    {
        WriteListHeader(values.Length);
        var room = Room(checked(values.Length * MaxIntegerSize));
        var position = 0;
        foreach (var value in values)
        {
            position += Put(room[position..], (long)value);
        }

        Length += position;
    }

    public void WriteList(ReadOnlySpan<double> values)
    {
        WriteListHeader(values.Length);
        var room = Room(checked(values.Length * MaxIntegerSize));
        var position = 0;
        foreach (var value in values)
        {
            position += Put(room[position..], value);
        }

        Length += position;
    }

    /// <summary>Writes a list of strings; a null among them is written as null.</summary>
    public void WriteList(ReadOnlySpan<string> values)
    {
        WriteListHeader(values.Length);
        foreach (var value in values)
        {
            if (value is null)
            {
                WriteNull();
            }
            else
            {
                WriteString(value);
            }
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        Length = 0;
    }

    private static int Put(Span<byte> room, double value)
    {
        room[0] = Marker.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(room[1..], value);
        return 9;
    }

    private static int Put(Span<byte> room, long value)
    {
        switch (value)
        {
            case >= -16 and <= sbyte.MaxValue:
                room[0] = (byte)value;
                return 1;
            case >= sbyte.MinValue and < -16:
                room[0] = Marker.Int8;
                room[1] = (byte)value;
                return 2;
            case >= short.MinValue and <= short.MaxValue:
                room[0] = Marker.Int16;
                BinaryPrimitives.WriteInt16BigEndian(room[1..], (short)value);
                return 3;
            case >= int.MinValue and <= int.MaxValue:
                room[0] = Marker.Int32;
                BinaryPrimitives.WriteInt32BigEndian(room[1..], (int)value);
                return 5;
            default:
                room[0] = Marker.Int64;
                BinaryPrimitives.WriteInt64BigEndian(room[1..], value);
                return 9;
        }
    }

    // The header comes before the text but depends on its encoded size: the size is guessed from the number of
    // characters, which is right for ASCII, and the text is moved if the guess was wrong.
    private static int Put(Span<byte> room, ReadOnlySpan<char> value)
    {
        var guess = HeaderSize(value.Length);
        var size = Encoding.UTF8.GetBytes(value, room[guess..]);
        var actual = HeaderSize(size);
        if (actual != guess)
        {
            room.Slice(guess, size).CopyTo(room[actual..]);
        }

        PutHeader(room, size, Marker.TinyString, Marker.String8);
        return actual + size;
    }

    private static int HeaderSize(int size) => size switch
    {
        < 0x10 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };

    private static void PutHeader(Span<byte> room, int size, byte tiny, byte marker8)
    {
        if (size < 0x10)
        {
            room[0] = (byte)(tiny | size);
        }
        else
        {
            PutSize(room, size, marker8);
        }
    }

    // The three markers of a kind follow each other: 8, 16 and 32 bits of size.
    private static int PutSize(Span<byte> room, int size, byte marker8)
    {
        switch (size)
        {
            case <= byte.MaxValue:
                room[0] = marker8;
                room[1] = (byte)size;
                return 2;
            case <= ushort.MaxValue:
                room[0] = (byte)(marker8 + 1);
                BinaryPrimitives.WriteUInt16BigEndian(room[1..], (ushort)size);
                return 3;
            default:
                room[0] = (byte)(marker8 + 2);
                BinaryPrimitives.WriteInt32BigEndian(room[1..], size);
                return 5;
        }
    }

    private void WriteHeader(int size, byte tiny, byte marker8)
    {
        PutHeader(Room(MaxHeaderSize), size, tiny, marker8);
        Length += HeaderSize(size);
    }

    private void WriteSize(int size, byte marker8) => Length += PutSize(Room(MaxHeaderSize), size, marker8);

    private Span<byte> Room(int size)
    {
        if (_buffer.Length - Length < size)
        {
            Grow(size);
        }

        return _buffer.AsSpan(Length);
    }

    private void Grow(int size)
    {
        var needed = checked(Length + size);
        var capacity = (int)Math.Min(Math.Max((long)_buffer.Length * 2, needed), Array.MaxLength);
        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        _buffer.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
