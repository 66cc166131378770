using Neo4j.Driver.Types;

namespace Neo4j.Driver;

/// <summary>A date and time of day without a time zone: <c>LOCAL DATETIME</c> in Cypher.</summary>
public sealed class LocalDateTime : TemporalValue, IEquatable<LocalDateTime>, IComparable<LocalDateTime>
{
    private readonly LocalDate _date;
    private readonly LocalTime _time;

    public LocalDateTime(DateTime dateTime) : this(new LocalDate(dateTime), new LocalTime(dateTime.TimeOfDay))
    {
    }

    public LocalDateTime(int year, int month, int day, int hour, int minute, int second)
        : this(year, month, day, hour, minute, second, 0)
    {
    }

    public LocalDateTime(int year, int month, int day, int hour, int minute, int second, int nanosecond)
        : this(new LocalDate(year, month, day), new LocalTime(hour, minute, second, nanosecond))
    {
    }

    private LocalDateTime(LocalDate date, LocalTime time)
    {
        _date = date;
        _time = time;
    }

    public int Year => _date.Year;

    public int Month => _date.Month;

    public int Day => _date.Day;

    public int Hour => _time.Hour;

    public int Minute => _time.Minute;

    public int Second => _time.Second;

    public int Nanosecond => _time.Nanosecond;

    internal long EpochSecond => _date.EpochDay * Types.Calendar.SecondsPerDay + _time.SecondOfDay;

    /// <exception cref="ValueOverflowException">The year is outside of 1 to 9999.</exception>
    /// <exception cref="ValueTruncationException">The time is more precise than 100 ns.</exception>
    public DateTime ToDateTime() => _date.ToDateTime().Add(_time.ToTimeSpan());

    public int CompareTo(LocalDateTime other) => other is null ? 1
        : _date.CompareTo(other._date) is var order && order != 0 ? order : _time.CompareTo(other._time);

    public bool Equals(LocalDateTime other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object obj) => Equals(obj as LocalDateTime);

    public override int GetHashCode() => HashCode.Combine(_date, _time);

    /// <summary>ISO 8601.</summary>
    public override string ToString() => $"{_date}T{_time}";

    internal static LocalDateTime FromEpoch(long second, int nanosecond) => new(
        LocalDate.FromEpochDay(Types.Calendar.FloorDivide(second, Types.Calendar.SecondsPerDay)),
        LocalTime.FromNanosecondOfDay(Types.Calendar.Modulo(second, Types.Calendar.SecondsPerDay) * Types.Calendar.NanosPerSecond + nanosecond));

    protected override DateTime ConvertToDateTime() => ToDateTime();
}
