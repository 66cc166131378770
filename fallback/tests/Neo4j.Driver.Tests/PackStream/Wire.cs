using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Tests.PackStream;

/// <summary>Encodes and decodes one value.</summary>
internal static class Wire
{
    public static byte[] Encode(object value, bool utc = true)
    {
        using var writer = new PackStreamWriter(16);
        new ValueWriter(writer, utc).Write(value);
        return writer.Written.ToArray();
    }

    public static object Decode(ReadOnlySpan<byte> bytes, bool utc = true)
    {
        var reader = new PackStreamReader(bytes, utc);
        var value = reader.Read();
        Assert.True(reader.AtEnd, "bytes are left after the value");
        return value;
    }

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
