using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Tests.PackStream;

/// <summary>Encodes and decodes one value.</summary>
internal static class Wire
{
    public static byte[] Encode(object value, int bolt = 5)
    {
        using var writer = new PackStreamWriter(16);
        new ValueWriter(writer, bolt).Write(value);
        return writer.Written.ToArray();
    }

    public static object Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackStreamReader(bytes);
        var value = reader.Read();
        Assert.True(reader.AtEnd, "bytes are left after the value");
        return value;
    }

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
