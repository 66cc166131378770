using CsCheck;
using Neo4j.Driver.Tests.PackStream;
using Calendar = Neo4j.Driver.Types.Calendar;

namespace Neo4j.Driver.Tests.Types;

public sealed class TemporalTests
{
    [Theory]
    [InlineData(1970, 1, 1, 0)]
    [InlineData(1969, 12, 31, -1)]
    [InlineData(2000, 2, 29, 11016)]
    [InlineData(2017, 1, 12, 17178)]
    [InlineData(1, 1, 1, -719162)]
    [InlineData(-999_999_999, 1, 1, -365_243_219_162)]
    [InlineData(999_999_999, 12, 31, 365_241_780_471)]
    public void A_date_is_a_number_of_days_since_1970(int year, int month, int day, long epochDay)
    {
        Assert.Equal(epochDay, Calendar.ToEpochDay(year, month, day));
        Assert.Equal((year, month, day), Calendar.FromEpochDay(epochDay));
    }

    [Fact]
    public void The_calendar_agrees_with_the_system_wherever_that_has_dates() => Gen.Date.Sample(date =>
    {
        var epochDay = (date.Date - DateTime.UnixEpoch).Days;
        Assert.Equal(epochDay, Calendar.ToEpochDay(date.Year, date.Month, date.Day));
        Assert.Equal((date.Year, date.Month, date.Day), Calendar.FromEpochDay(epochDay));
    }, iter: 5_000);

    [Theory]
    [InlineData(2017, 2, 29)]
    [InlineData(1900, 2, 29)]
    [InlineData(2017, 4, 31)]
    [InlineData(2017, 13, 1)]
    [InlineData(2017, 0, 1)]
    public void A_day_that_does_not_exist_is_refused(int year, int month, int day) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalDate(year, month, day));

    public static TheoryData<object, string> Structures => new()
    {
        { new LocalDate(2017, 1, 12), "B1 44 C9 431A" },
        { new LocalTime(0, 0, 1, 5), "B1 74 CA 3B9ACA05" },
        { new OffsetTime(0, 0, 1, 3600), "B2 54 CA 3B9ACA00 C9 0E10" },
        { new LocalDateTime(1970, 1, 1, 0, 2, 0, 7), "B2 64 78 07" },
        { new ZonedDateTime(120, 7, Zone.Of(3600)), "B3 49 78 07 C9 0E10" },
        { new ZonedDateTime(120, 7, Zone.Of("Europe/Berlin")), "B3 69 78 07 8D 4575726F70652F4265726C696E" },
        { new Duration(1, 2, 3, 4), "B4 45 01 02 03 04" },
    };

    [Theory]
    [MemberData(nameof(Structures))]
    public void Times_are_written_and_read_as_structures(object value, string hex)
    {
        Assert.Equal(Wire.Hex(hex), Wire.Encode(value));
        Assert.Equal(value, Wire.Decode(Wire.Hex(hex)));
    }

    [Theory]
    [InlineData("2017-06-12T01:02:03+02:00", "B3 46 CA 593DE80B 00 C9 1C20")]
    public void Before_Bolt_5_a_zoned_time_is_told_by_the_clock_of_its_zone(string text, string hex)
    {
        var value = new ZonedDateTime(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Wire.Hex(hex), Wire.Encode(value, utc: false));
        Assert.Equal(value, Wire.Decode(Wire.Hex(hex), utc: false));
    }

    [Fact]
    public void Times_of_the_system_become_those_of_the_database()
    {
        var utc = new DateTime(2017, 1, 12, 22, 54, 57, DateTimeKind.Utc);
        Assert.Equal(Wire.Encode(new ZonedDateTime(new DateTimeOffset(utc))), Wire.Encode(utc));
        Assert.Equal(Wire.Encode(new LocalDateTime(2017, 1, 12, 22, 54, 57)), Wire.Encode(DateTime.SpecifyKind(utc, DateTimeKind.Unspecified)));
        Assert.Equal(Wire.Encode(new LocalDate(2017, 1, 12)), Wire.Encode(DateOnly.FromDateTime(utc)));
        Assert.Equal(Wire.Encode(new LocalTime(22, 54, 57)), Wire.Encode(TimeOnly.FromDateTime(utc)));
    }

    [Fact]
    public void A_time_converts_to_the_system_where_it_fits()
    {
        var time = new ZonedDateTime(1_484_261_697, 689_981_000, Zone.Of(3600));
        Assert.Equal(new DateTimeOffset(2017, 1, 12, 23, 54, 57, TimeSpan.FromHours(1)).AddTicks(6_899_810), ((object)time).As<DateTimeOffset>());
        Assert.Equal(new DateTime(2017, 1, 12), ((object)new LocalDate(2017, 1, 12)).As<DateTime>());
        Assert.Throws<ValueTruncationException>(() => new LocalTime(1, 2, 3, 1).ToTimeSpan());
        Assert.Throws<ValueOverflowException>(() => new LocalDate(-44, 3, 15).ToDateTime());
        Assert.Throws<InvalidCastException>(() => ((object)new Duration(1)).As<DateTime>());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Times_are_shown_as_ISO_8601_has_it(object value, string text) => Assert.Equal(text, value.ToString());

    public static TheoryData<object, string> Texts => new()
    {
        { new LocalDate(-44, 3, 15), "-0044-03-15" },
        { new LocalTime(1, 2, 3, 4), "01:02:03.000000004" },
        { new OffsetTime(1, 2, 3, -5400), "01:02:03-01:30" },
        { new LocalDateTime(2017, 1, 12, 1, 2, 3), "2017-01-12T01:02:03" },
        { new ZonedDateTime(0, 0, Zone.Of(0)), "1970-01-01T00:00:00Z" },
        { new ZonedDateTime(0, 0, Zone.Of("Europe/Berlin")), "1970-01-01T01:00:00[Europe/Berlin]" },
        { new Duration(14, 3, -1, 500_000_000), "P14M3DT-0.500000000S" },
    };
}
