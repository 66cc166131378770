using System.Collections;
using System.Runtime.InteropServices;

namespace Neo4j.Driver.PackStream;

/// <summary>
/// Writes a parameter of any type that Bolt can carry. Columns (arrays and lists of numbers or strings) take a path
/// without boxing; everything else goes value by value.
/// </summary>
internal readonly struct ValueWriter(PackStreamWriter writer, int boltMajor = 5)
{
    private const long EpochSeconds = 62_135_596_800;

    /// <exception cref="ProtocolException">The type cannot be sent.</exception>
    public void Write(object value)
    {
        switch (value)
        {
            case null: writer.WriteNull(); break;
            case string text: writer.WriteString(text); break;
            case long number: writer.WriteInteger(number); break;
            case int number: writer.WriteInteger(number); break;
            case double number: writer.WriteFloat(number); break;
            case bool flag: writer.WriteBoolean(flag); break;
            case sbyte number: writer.WriteInteger(number); break;
            case byte number: writer.WriteInteger(number); break;
            case short number: writer.WriteInteger(number); break;
            case float number: writer.WriteFloat(number); break;
            case decimal number: writer.WriteFloat(Convert.ToDouble(number)); break;
            case char character: writer.WriteString([character]); break;
            case byte[] bytes: writer.WriteBytes(bytes); break;
            default: WriteColumnOrCollection(value); break;
        }
    }

    public void WriteMap(IDictionary<string, object> map)
    {
        writer.WriteMapHeader(map.Count);
        if (map is Dictionary<string, object> dictionary)
        {
            foreach (var (key, value) in dictionary)
            {
                writer.WriteString(key);
                Write(value);
            }

            return;
        }

        foreach (var (key, value) in map)
        {
            writer.WriteString(key);
            Write(value);
        }
    }

    // Exact types only: to the runtime a uint[] or an array of an enum "is" an int[], but Bolt has no place for them.
    private void WriteColumnOrCollection(object value)
    {
        var type = value.GetType();
        if (type == typeof(long[])) writer.WriteList((ReadOnlySpan<long>)(long[])value);
        else if (type == typeof(double[])) writer.WriteList((ReadOnlySpan<double>)(double[])value);
        else if (type == typeof(string[])) writer.WriteList((ReadOnlySpan<string>)(string[])value);
        else if (type == typeof(int[])) writer.WriteList((ReadOnlySpan<int>)(int[])value);
        else if (value is List<long> longs) writer.WriteList(CollectionsMarshal.AsSpan(longs));
        else if (value is List<double> doubles) writer.WriteList(CollectionsMarshal.AsSpan(doubles));
        else if (value is List<string> strings) writer.WriteList(CollectionsMarshal.AsSpan(strings));
        else if (value is List<int> ints) writer.WriteList(CollectionsMarshal.AsSpan(ints));
        else if (type == typeof(ArraySegment<long>)) writer.WriteList(((ArraySegment<long>)value).AsSpan());
        else if (type == typeof(ArraySegment<double>)) writer.WriteList(((ArraySegment<double>)value).AsSpan());
        else if (type == typeof(ArraySegment<string>)) writer.WriteList(((ArraySegment<string>)value).AsSpan());
        else if (type == typeof(ArraySegment<int>)) writer.WriteList(((ArraySegment<int>)value).AsSpan());
        else WriteCollection(value);
    }

    private void WriteCollection(object value)
    {
        switch (value)
        {
            case IList list: WriteList(list); break;
            case Dictionary<string, object> map: WriteMap(map); break;
            case IDictionary map: WriteUntypedMap(map); break;
            case IEnumerable items: WriteSequence(items); break;
            case DateOnly date: WriteStructure('D', (long)date.DayNumber - EpochSeconds / 86_400); break;
            case TimeOnly time: WriteStructure('t', time.Ticks * 100); break;
            case TimeSpan { Ticks: >= 0 and < TimeSpan.TicksPerDay } time: WriteStructure('t', time.Ticks * 100); break;
            case DateTime { Kind: DateTimeKind.Utc } time: Write(new DateTimeOffset(time)); break;
            case DateTime time: WriteStructure('d', Seconds(time.Ticks), Nanos(time.Ticks)); break;
            case DateTimeOffset time:
                // Before Bolt 5 the seconds are those of the clock there.
                var ticks = boltMajor < 5 ? time.Ticks : time.UtcTicks;
                WriteStructure(boltMajor < 5 ? 'F' : 'I', Seconds(ticks), Nanos(ticks), (long)time.Offset.TotalSeconds);
                break;
            case OffsetTime time: WriteStructure('T', time.Time.Ticks * 100, time.OffsetSeconds); break;
            case TemporalValue time: Write(time.Value); break;
            case Duration d: WriteStructure('E', d.Months, d.Days, d.Seconds, d.Nanos); break;
            case Point { Z: double.NaN } point: WriteStructure('X', point.SrId, point.X, point.Y); break;
            case Point point: WriteStructure('Y', point.SrId, point.X, point.Y, point.Z); break;
            default: throw new ProtocolException($"A value of type {value.GetType().FullName} cannot be sent to the server.");
        }
    }

    private static long Seconds(long ticks) => ticks / TimeSpan.TicksPerSecond - EpochSeconds;

    private static long Nanos(long ticks) => ticks % TimeSpan.TicksPerSecond * 100;

    private void WriteStructure(char tag, params ReadOnlySpan<object> fields)
    {
        if (boltMajor < 2)
        {
            throw new ProtocolException(
                "This Neo4j speaks Bolt 1, which has no dates, times, durations and points. Send texts or numbers, or use Neo4j 3.5 or later.");
        }

        writer.WriteStructureHeader(fields.Length, (byte)tag);
        foreach (var field in fields)
        {
            Write(field);
        }
    }

    private void WriteList(IList list)
    {
        var count = list.Count;
        writer.WriteListHeader(count);
        for (var i = 0; i < count; i++)
        {
            Write(list[i]);
        }
    }

    private void WriteUntypedMap(IDictionary map)
    {
        writer.WriteMapHeader(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            Write(entry.Key);
            Write(entry.Value);
        }
    }

    // The number of items comes first on the wire, and a sequence tells it only at its end.
    private void WriteSequence(IEnumerable items)
    {
        var list = new List<object>();
        foreach (var item in items)
        {
            list.Add(item);
        }

        WriteList(list);
    }
}
