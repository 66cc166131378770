using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Tests.PackStream;

/// <summary>Values that are structures on the wire.</summary>
public sealed class PropertyTypeTests
{
    // 2017-01-12 11:30:05 at an offset of half an hour, which is 1,484,218,805 s after the epoch, and a quarter of a second.
    private static readonly DateTimeOffset s_time = new(2017, 1, 12, 11, 30, 5, 250, TimeSpan.FromMinutes(30));

    public static TheoryData<object, object, int, string> Values => new()
    {
        { new DateOnly(1969, 12, 31), new LocalDate(new DateOnly(1969, 12, 31)), 5, "B1 44 FF" },
        { new TimeOnly(0, 0, 1), new LocalTime(new TimeOnly(0, 0, 1)), 5, "B1 74 CA 3B9ACA00" },
        { TimeSpan.FromSeconds(1), new LocalTime(new TimeOnly(0, 0, 1)), 5, "B1 74 CA 3B9ACA00" },
        { new OffsetTime(new TimeOnly(0), -1), new OffsetTime(new TimeOnly(0), -1), 5, "B2 54 00 FF" },
        { DateTime.MinValue, new LocalDateTime(DateTime.MinValue), 5, "B2 64 CB FFFFFFF1886E0900 00" },
        { DateTime.UnixEpoch, new ZonedDateTime(DateTimeOffset.UnixEpoch), 5, "B3 49 00 00 00" },
        { s_time, new ZonedDateTime(s_time), 5, "B3 49 CA 587761B5 CA 0EE6B280 C9 0708" },
        { s_time, new ZonedDateTime(s_time), 4, "B3 46 CA 587768BD CA 0EE6B280 C9 0708" },
        { new Duration(1, 2, 3, 4), new Duration(1, 2, 3, 4), 5, "B4 45 01 02 03 04" },
        { new Point(7203, 1, 2), new Point(7203, 1, 2), 5, "B3 58 C9 1C23 C1 3FF0000000000000 C1 4000000000000000" },
        { new Point(9157, 1, 2, 0), new Point(9157, 1, 2, 0), 4, "B4 59 C9 23C5 C1 3FF0000000000000 C1 4000000000000000 C1 0000000000000000" },
    };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void They_are_sent_and_read_as_the_protocol_has_them_and_refused_on_one_that_has_none(object value, object read, int bolt, string hex)
    {
        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(Wire.Encode(value, bolt)));
        Assert.Equal(read, Wire.Decode(Wire.Hex(hex)));
        Assert.Contains("Bolt 1", Assert.Throws<ProtocolException>(() => Wire.Encode(value, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B3 69 CA 587761B5 00 8D 4575726F70652F4265726C696E")]
    [InlineData("B3 66 CA 58776FC5 00 8D 4575726F70652F4265726C696E")]
    public void Of_a_time_zone_its_offset_is_read(string hex) =>
        Assert.Equal(new DateTimeOffset(2017, 1, 12, 12, 0, 5, TimeSpan.FromHours(1)), Wire.Decode(Wire.Hex(hex)).As<DateTimeOffset>());

    [Fact]
    public void A_span_of_more_than_a_day_is_no_time_of_the_day() => Assert.Throws<ProtocolException>(() => Wire.Encode(TimeSpan.FromDays(1), 5));
}
