using System.Collections;
using System.Runtime.InteropServices;

namespace Neo4j.Driver.PackStream;

/// <summary>
/// Writes a parameter of any type that Bolt can carry. Columns (arrays and lists of numbers or strings) take a path
/// without boxing; everything else goes value by value.
/// </summary>
internal readonly struct ValueWriter(PackStreamWriter writer)
{
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
            case DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan:
                throw new NotSupportedException("This build of the driver lacks dates and times. Send text or numbers, or build with the official Neo4j.Driver package.");
            default: throw new ProtocolException($"A value of type {value.GetType().FullName} cannot be sent to the server.");
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
