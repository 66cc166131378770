using System.Globalization;
using Neo4j.Driver.Types;

namespace Neo4j.Driver;

/// <summary>A time of day without a time zone: <c>LOCAL TIME</c> in Cypher.</summary>
public sealed class LocalTime : TemporalValue, IEquatable<LocalTime>, IComparable<LocalTime>
{
    private const long NanosPerDay = Types.Calendar.SecondsPerDay * Types.Calendar.NanosPerSecond;

    public LocalTime(TimeSpan time) : this(time.Ticks * TimeSpan.NanosecondsPerTick)
    {
    }

    public LocalTime(TimeOnly time) : this(time.ToTimeSpan())
    {
    }

    public LocalTime(int hour, int minute, int second) : this(hour, minute, second, 0)
    {
    }

    /// <param name="hour">0 to 23.</param>
    /// <param name="minute">0 to 59.</param>
    /// <param name="second">0 to 59.</param>
    /// <param name="nanosecond">0 to 999,999,999.</param>
    public LocalTime(int hour, int minute, int second, int nanosecond)
        : this(new TimeOnly(hour, minute, second).Ticks * TimeSpan.NanosecondsPerTick + CheckedNanosecond(nanosecond))
    {
    }

    private LocalTime(long nanosecondOfDay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanosecondOfDay, "time");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(nanosecondOfDay, NanosPerDay, "time");
        NanosecondOfDay = nanosecondOfDay;
    }

    public int Hour => SecondOfDay / 3600;

    public int Minute => SecondOfDay / 60 % 60;

    public int Second => SecondOfDay % 60;

    public int Nanosecond => (int)(NanosecondOfDay % Types.Calendar.NanosPerSecond);

    internal long NanosecondOfDay { get; }

    internal int SecondOfDay => (int)(NanosecondOfDay / Types.Calendar.NanosPerSecond);

    /// <exception cref="ValueTruncationException">The time is more precise than 100 ns.</exception>
    public TimeSpan ToTimeSpan()
    {
        EnsureTicks(Nanosecond, typeof(TimeSpan));
        return TimeSpan.FromTicks(NanosecondOfDay / TimeSpan.NanosecondsPerTick);
    }

    /// <exception cref="ValueTruncationException">The time is more precise than 100 ns.</exception>
    public TimeOnly ToTimeOnly() => TimeOnly.FromTimeSpan(ToTimeSpan());

    public int CompareTo(LocalTime other) => other is null ? 1 : NanosecondOfDay.CompareTo(other.NanosecondOfDay);

    public bool Equals(LocalTime other) => other is not null && NanosecondOfDay == other.NanosecondOfDay;

    public override bool Equals(object obj) => Equals(obj as LocalTime);

    public override int GetHashCode() => NanosecondOfDay.GetHashCode();

    /// <summary>ISO 8601.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Hour:D2}:{Minute:D2}:{Second:D2}{Fraction(Nanosecond)}");

    internal static LocalTime FromNanosecondOfDay(long nanosecondOfDay) => new(nanosecondOfDay);

    protected override TimeSpan ConvertToTimeSpan() => ToTimeSpan();

    private static int CheckedNanosecond(int nanosecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanosecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanosecond, (int)Types.Calendar.NanosPerSecond - 1);
        return nanosecond;
    }
}
