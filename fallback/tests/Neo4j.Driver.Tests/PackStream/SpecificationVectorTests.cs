namespace Neo4j.Driver.Tests.PackStream;

/// <summary>The examples and limits of the PackStream specification, in both directions.</summary>
public sealed class SpecificationVectorTests
{
    [Theory]
    [InlineData(0L, "00")]
    [InlineData(1L, "01")]
    [InlineData(42L, "2A")]
    [InlineData(127L, "7F")]
    [InlineData(-1L, "FF")]
    [InlineData(-16L, "F0")]
    [InlineData(-17L, "C8 EF")]
    [InlineData(-128L, "C8 80")]
    [InlineData(128L, "C9 0080")]
    [InlineData(-129L, "C9 FF7F")]
    [InlineData(1234L, "C9 04D2")]
    [InlineData(32767L, "C9 7FFF")]
    [InlineData(-32768L, "C9 8000")]
    [InlineData(32768L, "CA 00008000")]
    [InlineData(-32769L, "CA FFFF7FFF")]
    [InlineData(2147483647L, "CA 7FFFFFFF")]
    [InlineData(-2147483648L, "CA 80000000")]
    [InlineData(2147483648L, "CB 0000000080000000")]
    [InlineData(-2147483649L, "CB FFFFFFFF7FFFFFFF")]
    [InlineData(long.MaxValue, "CB 7FFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, "CB 8000000000000000")]
    public void An_integer_takes_the_fewest_bytes_that_hold_it(long value, string hex)
    {
        Assert.Equal(Wire.Hex(hex), Wire.Encode(value));
        Assert.Equal(value, Wire.Decode(Wire.Hex(hex)));
        Assert.Equal(Wire.Hex("91" + hex), Wire.Encode(new[] { value }));
    }

    [Theory]
    [InlineData(1.23, "C1 3FF3AE147AE147AE")]
    [InlineData(6.283185307179586, "C1 401921FB54442D18")]
    [InlineData(-1.1, "C1 BFF199999999999A")]
    [InlineData(0.0, "C1 0000000000000000")]
    [InlineData(double.PositiveInfinity, "C1 7FF0000000000000")]
    public void A_float_takes_nine_bytes(double value, string hex)
    {
        Assert.Equal(Wire.Hex(hex), Wire.Encode(value));
        Assert.Equal(value, Wire.Decode(Wire.Hex(hex)));
        Assert.Equal(Wire.Hex("91" + hex), Wire.Encode(new[] { value }));
    }

    [Theory]
    [InlineData(null, "C0")]
    [InlineData(true, "C3")]
    [InlineData(false, "C2")]
    public void Null_and_booleans_take_one_byte(object value, string hex)
    {
        Assert.Equal(Wire.Hex(hex), Wire.Encode(value));
        Assert.Equal(value, Wire.Decode(Wire.Hex(hex)));
    }

    [Theory]
    [InlineData("", "80")]
    [InlineData("A", "81 41")]
    [InlineData("abcdefghijklmno", "8F 6162636465666768696A6B6C6D6E6F")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "D0 1A 4142434445464748494A4B4C4D4E4F505152535455565758595A")]
    [InlineData("Größenmaßstäbe", "D0 12 4772C3B6C39F656E6D61C39F7374C3A46265")]
    [InlineData("€€€€€", "8F E282ACE282ACE282ACE282ACE282AC")]
    [InlineData("€€€€€€", "D0 12 E282ACE282ACE282ACE282ACE282ACE282AC")]
    public void A_string_is_measured_in_bytes_not_in_characters(string value, string hex)
    {
        Assert.Equal(Wire.Hex(hex), Wire.Encode(value));
        Assert.Equal(value, Wire.Decode(Wire.Hex(hex)));
        Assert.Equal(Wire.Hex("91" + hex), Wire.Encode(new[] { value }));
    }

    [Theory]
    [InlineData(15, "8F")]
    [InlineData(16, "D0 10")]
    [InlineData(255, "D0 FF")]
    [InlineData(256, "D1 0100")]
    [InlineData(65535, "D1 FFFF")]
    [InlineData(65536, "D2 00010000")]
    public void The_header_of_a_string_grows_with_its_size(int size, string header)
    {
        var text = new string('x', size);
        var bytes = Wire.Encode(text);
        Assert.Equal(Wire.Hex(header), bytes[..^size]);
        Assert.Equal(text, Wire.Decode(bytes));
    }

    [Theory]
    [InlineData(0, "90")]
    [InlineData(15, "9F")]
    [InlineData(16, "D4 10")]
    [InlineData(255, "D4 FF")]
    [InlineData(256, "D5 0100")]
    [InlineData(65535, "D5 FFFF")]
    [InlineData(65536, "D6 00010000")]
    public void The_header_of_a_list_grows_with_its_size(int size, string header)
    {
        var bytes = Wire.Encode(new long[size]);
        Assert.Equal(Wire.Hex(header), bytes[..^size]);
        Assert.Equal(size, Assert.IsType<List<object>>(Wire.Decode(bytes)).Count);
        Assert.Equal(bytes, Wire.Encode(new object[size].Select(_ => (object)0)));
    }

    [Theory]
    [InlineData(0, "A0")]
    [InlineData(15, "AF")]
    [InlineData(16, "D8 10")]
    [InlineData(256, "D9 0100")]
    [InlineData(65536, "DA 00010000")]
    public void The_header_of_a_map_grows_with_its_size(int size, string header)
    {
        var map = Enumerable.Range(0, size).ToDictionary(i => $"{i}", i => (object)(long)i);
        var bytes = Wire.Encode(map);
        Assert.Equal(Wire.Hex(header), bytes[..Wire.Hex(header).Length]);
        Assert.Equal(map, Wire.Decode(bytes));
    }

    [Theory]
    [InlineData(0, "CC 00")]
    [InlineData(255, "CC FF")]
    [InlineData(256, "CD 0100")]
    [InlineData(65536, "CE 00010000")]
    public void The_header_of_bytes_grows_with_their_number(int size, string header)
    {
        var bytes = Wire.Encode(new byte[size]);
        Assert.Equal(Wire.Hex(header), bytes[..^size]);
        Assert.Equal(new byte[size], Wire.Decode(bytes));
    }

    [Fact]
    public void A_map_of_the_specification_is_read_and_written()
    {
        var bytes = Wire.Hex("A1 83 6F6E65 84 65696E73");
        Assert.Equal(bytes, Wire.Encode(new Dictionary<string, object> { ["one"] = "eins" }));
        Assert.Equal("eins", Assert.IsType<Dictionary<string, object>>(Wire.Decode(bytes))["one"]);
    }
}
