using System.Buffers.Binary;
using System.Text;

namespace Neo4j.Driver.PackStream;

/// <summary>Decodes PackStream values from the bytes of one message.</summary>
internal ref struct PackStreamReader(ReadOnlySpan<byte> data)
{
    private const int MinSmall = -16;
    private static readonly object s_true = true;
    private static readonly object s_false = false;
    private static readonly object[] s_small = [.. Enumerable.Range(MinSmall, 144).Select(i => (object)(long)i)];

    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    public readonly bool AtEnd => _position == _data.Length;

    /// <summary>
    /// The next value: null, bool, long, double, string, byte[], <see cref="List{T}"/> of object,
    /// <see cref="Dictionary{TKey,TValue}"/> of string and object, or what a structure stands for.
    /// </summary>
    /// <exception cref="ProtocolException">The bytes are no PackStream value.</exception>
    public object Read()
    {
        var marker = NextByte();
        if ((sbyte)marker >= MinSmall)
        {
            return s_small[(sbyte)marker - MinSmall];
        }

        return (marker & Marker.TinyMask) switch
        {
            Marker.TinyString => Text(marker & 0x0F),
            Marker.TinyList => List(marker & 0x0F),
            Marker.TinyMap => Map(marker & 0x0F),
            Marker.TinyStructure => StructureReader.Read(ref this, marker & 0x0F, NextByte()),
            _ => ReadMarked(marker),
        };
    }

    public long ReadInteger()
    {
        var marker = NextByte();
        return (sbyte)marker >= MinSmall ? (sbyte)marker : marker switch
        {
            Marker.Int8 => (sbyte)NextByte(),
            Marker.Int16 => BinaryPrimitives.ReadInt16BigEndian(Next(2)),
            Marker.Int32 => BinaryPrimitives.ReadInt32BigEndian(Next(4)),
            Marker.Int64 => BinaryPrimitives.ReadInt64BigEndian(Next(8)),
            _ => throw Unexpected("an integer", marker),
        };
    }

    public string ReadString() => Read() is var value && value is string or null ? (string)value : throw Wrong("a string", value);

    public Dictionary<string, object> ReadMap() =>
        Read() as Dictionary<string, object> ?? throw new ProtocolException("Expected a map, but the server sent something else.");

    public List<object> ReadList() =>
        Read() as List<object> ?? throw new ProtocolException("Expected a list, but the server sent something else.");

    /// <summary>Reads a list into an array, without a list in between.</summary>
    public object[] ReadArray()
    {
        var items = new object[ReadListHeader()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Read();
        }

        return items;
    }

    public (int Size, byte Tag) ReadStructureHeader()
    {
        var marker = NextByte();
        return (marker & Marker.TinyMask) == Marker.TinyStructure
            ? (marker & 0x0F, NextByte())
            : throw Unexpected("a structure", marker);
    }

    private int ReadListHeader()
    {
        var marker = NextByte();
        var size = (marker & Marker.TinyMask) == Marker.TinyList ? marker & 0x0F : marker switch
        {
            Marker.List8 => NextByte(),
            Marker.List16 => BinaryPrimitives.ReadUInt16BigEndian(Next(2)),
            Marker.List32 => Size32(),
            _ => throw Unexpected("a list", marker),
        };
        return Plausible(size);
    }

    private object ReadMarked(byte marker) => marker switch
    {
        Marker.Null => null,
        Marker.True => s_true,
        Marker.False => s_false,
        Marker.Float64 => BinaryPrimitives.ReadDoubleBigEndian(Next(8)),
        Marker.Int8 => (long)(sbyte)NextByte(),
        Marker.Int16 => (long)BinaryPrimitives.ReadInt16BigEndian(Next(2)),
        Marker.Int32 => (long)BinaryPrimitives.ReadInt32BigEndian(Next(4)),
        Marker.Int64 => BinaryPrimitives.ReadInt64BigEndian(Next(8)),
        Marker.Bytes8 => Next(NextByte()).ToArray(),
        Marker.Bytes16 => Next(BinaryPrimitives.ReadUInt16BigEndian(Next(2))).ToArray(),
        Marker.Bytes32 => Next(Size32()).ToArray(),
        Marker.String8 => Text(NextByte()),
        Marker.String16 => Text(BinaryPrimitives.ReadUInt16BigEndian(Next(2))),
        Marker.String32 => Text(Size32()),
        Marker.List8 => List(NextByte()),
        Marker.List16 => List(BinaryPrimitives.ReadUInt16BigEndian(Next(2))),
        Marker.List32 => List(Size32()),
        Marker.Map8 => Map(NextByte()),
        Marker.Map16 => Map(BinaryPrimitives.ReadUInt16BigEndian(Next(2))),
        Marker.Map32 => Map(Size32()),
        _ => throw Unexpected("a value", marker),
    };

    private string Text(int size) => size == 0 ? string.Empty : Encoding.UTF8.GetString(Next(size));

    private List<object> List(int size)
    {
        var list = new List<object>(Plausible(size));
        for (var i = 0; i < size; i++)
        {
            list.Add(Read());
        }

        return list;
    }

    private Dictionary<string, object> Map(int size)
    {
        var map = new Dictionary<string, object>(Plausible(size));
        for (var i = 0; i < size; i++)
        {
            var key = ReadString() ?? throw new ProtocolException("The server sent a map with a null key.");
            map[key] = Read();
        }

        return map;
    }

    private int Size32()
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(Next(4));
        return size <= int.MaxValue
            ? (int)size
            : throw new ProtocolException($"The server announced {size} bytes or items, which is more than can be held.");
    }

    // Every item takes at least a byte: a size beyond what is left is nonsense, and must not become an allocation.
    private readonly int Plausible(int size) => size <= _data.Length - _position ? size : throw CutShort();

    private byte NextByte() => _position < _data.Length ? _data[_position++] : throw CutShort();

    private ReadOnlySpan<byte> Next(int size)
    {
        if (size > _data.Length - _position)
        {
            throw CutShort();
        }

        var span = _data.Slice(_position, size);
        _position += size;
        return span;
    }

    private static ProtocolException CutShort() => new("The server sent a message that ends in the middle of a value.");

    private static ProtocolException Unexpected(string expected, byte marker) => new($"Expected {expected}, but the server sent the marker 0x{marker:X2}.");

    private static ProtocolException Wrong(string expected, object value) => new($"Expected {expected}, but the server sent a {value.GetType().Name}.");
}
