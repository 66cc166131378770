using System.Globalization;

namespace Neo4j.Driver;

/// <summary>A date or a time of the database. This build of the driver has them to 100 ns, and of a time zone the offset alone.</summary>
public abstract record TemporalValue
{
    private protected TemporalValue(IFormattable value) => Value = value;

    internal IFormattable Value { get; }

    public sealed override string ToString() => Value.ToString("O", CultureInfo.InvariantCulture);
}

public sealed record LocalDate(DateOnly Date) : TemporalValue(Date);

public sealed record LocalTime(TimeOnly Time) : TemporalValue(Time);

public sealed record LocalDateTime(DateTime DateTime) : TemporalValue(DateTime);

public sealed record OffsetTime(TimeOnly Time, int OffsetSeconds) : TemporalValue(Time);

public sealed record ZonedDateTime(DateTimeOffset DateTimeOffset) : TemporalValue(DateTimeOffset);

public sealed record Duration(long Months, long Days, long Seconds, int Nanos)
{
    public Duration(long seconds, int nanos = 0) : this(0, 0, seconds, nanos)
    {
    }
}

/// <summary>A place; without <c>z</c> where there are two coordinates.</summary>
public sealed record Point(int SrId, double X, double Y, double Z = double.NaN);
