using System.Globalization;
using Neo4j.Driver.Types;

namespace Neo4j.Driver.PackStream;

/// <summary>Decodes the structures of the graph: nodes, relationships, paths, and what a property can be beside numbers and texts.</summary>
internal static class StructureReader
{
    private const byte NodeTag = (byte)'N';
    private const byte RelationshipTag = (byte)'R';
    private const byte UnboundRelationshipTag = (byte)'r';
    private const byte PathTag = (byte)'P';

    /// <exception cref="ProtocolException">The structure is malformed, or of a type that this build of the driver lacks.</exception>
    public static object Read(ref PackStreamReader reader, int size, byte tag)
    {
        try
        {
            return ReadKnown(ref reader, size, tag);
        }
        catch (Exception error) when (error is InvalidCastException or ArgumentException or ArithmeticException or NullReferenceException or TimeZoneNotFoundException)
        {
            throw new ProtocolException($"The server sent a structure '{(char)tag}' that cannot be understood: {error.Message}");
        }
    }

    private static object ReadKnown(ref PackStreamReader reader, int size, byte tag) => tag switch
    {
        NodeTag => ReadNode(ref reader, size),
        RelationshipTag => ReadRelationship(ref reader, size),
        UnboundRelationshipTag => ReadUnboundRelationship(ref reader, size),
        PathTag => ReadPath(ref reader),
        (byte)'D' => new LocalDate(DateOnly.FromDayNumber(checked((int)(reader.ReadInteger() + new DateOnly(1970, 1, 1).DayNumber)))),
        (byte)'t' => new LocalTime(new TimeOnly(reader.ReadInteger() / 100)),
        (byte)'T' => new OffsetTime(new TimeOnly(reader.ReadInteger() / 100), (int)reader.ReadInteger()),
        (byte)'d' => new LocalDateTime(ReadTime(ref reader)),
        (byte)'I' => new ZonedDateTime(new DateTimeOffset(ReadTime(ref reader), TimeSpan.Zero).ToOffset(TimeSpan.FromSeconds(reader.ReadInteger()))),
        (byte)'F' => new ZonedDateTime(new DateTimeOffset(ReadTime(ref reader), TimeSpan.FromSeconds(reader.ReadInteger()))),
        (byte)'i' => new ZonedDateTime(TimeZoneInfo.ConvertTime(new DateTimeOffset(ReadTime(ref reader), TimeSpan.Zero), Zone(ref reader))),
        (byte)'f' when ReadTime(ref reader) is var time => new ZonedDateTime(new DateTimeOffset(time, Zone(ref reader).GetUtcOffset(time))),
        (byte)'E' => new Duration(reader.ReadInteger(), reader.ReadInteger(), reader.ReadInteger(), checked((int)reader.ReadInteger())),
        (byte)'X' => new Point((int)reader.ReadInteger(), (double)reader.Read(), (double)reader.Read()),
        (byte)'Y' => new Point((int)reader.ReadInteger(), (double)reader.Read(), (double)reader.Read(), (double)reader.Read()),
        _ => throw new ProtocolException($"The server sent a structure with the unknown tag 0x{tag:X2}."),
    };

    private static DateTime ReadTime(ref PackStreamReader reader) =>
        new(checked(DateTime.UnixEpoch.Ticks + reader.ReadInteger() * TimeSpan.TicksPerSecond + reader.ReadInteger() / 100));

    private static TimeZoneInfo Zone(ref PackStreamReader reader) => TimeZoneInfo.FindSystemTimeZoneById(reader.ReadString());

    // From Bolt 5 entities have an element id at their end; before, it is made of the number.
    private static Node ReadNode(ref PackStreamReader reader, int size)
    {
        var id = NumberOf(ref reader);
        var labels = Strings(reader.ReadList());
        var properties = reader.ReadMap();
        return new Node(id, size > 3 ? reader.ReadString() : Text(id), labels, properties);
    }

    private static Relationship ReadRelationship(ref PackStreamReader reader, int size)
    {
        var (id, start, end) = (NumberOf(ref reader), NumberOf(ref reader), NumberOf(ref reader));
        var type = reader.ReadString();
        var properties = reader.ReadMap();
        var hasElementIds = size > 5;
        return new Relationship(id, hasElementIds ? reader.ReadString() : Text(id), type, properties)
        {
            StartNodeId = start,
            EndNodeId = end,
            StartNodeElementId = hasElementIds ? reader.ReadString() : Text(start),
            EndNodeElementId = hasElementIds ? reader.ReadString() : Text(end),
        };
    }

    private static Relationship ReadUnboundRelationship(ref PackStreamReader reader, int size)
    {
        var id = NumberOf(ref reader);
        var type = reader.ReadString();
        var properties = reader.ReadMap();
        return new Relationship(id, size > 3 ? reader.ReadString() : Text(id), type, properties);
    }

    // Nodes and relationships come once each; then pairs of a relationship's number, counted from one and negative
    // against its direction, and a node's, counted from zero.
    private static Types.Path ReadPath(ref PackStreamReader reader)
    {
        var distinctNodes = reader.ReadList();
        var distinctRelationships = reader.ReadList();
        var steps = reader.ReadList();
        var nodes = new List<INode> { (Node)distinctNodes[0] };
        var relationships = new List<IRelationship>();
        for (var i = 0; i + 1 < steps.Count; i += 2)
        {
            var from = (Node)nodes[^1];
            var to = (Node)distinctNodes[(int)(long)steps[i + 1]];
            var number = (int)(long)steps[i];
            var relationship = (Relationship)distinctRelationships[Math.Abs(number) - 1];
            relationships.Add(number > 0 ? relationship.Between(from, to) : relationship.Between(to, from));
            nodes.Add(to);
        }

        return new Types.Path(nodes, relationships);
    }

    private static long NumberOf(ref PackStreamReader reader) => reader.Read() as long? ?? -1;

    private static List<string> Strings(List<object> values) => values.ConvertAll(value => (string)value);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
