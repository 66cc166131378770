using Neo4j.Driver.Types;

namespace Neo4j.Driver;

/// <summary>A time of day with an offset from UTC: <c>TIME</c> in Cypher.</summary>
public sealed class OffsetTime : TemporalValue, IEquatable<OffsetTime>, IComparable<OffsetTime>
{
    public OffsetTime(TimeSpan time, TimeSpan offset) : this(new LocalTime(time), (int)offset.TotalSeconds)
    {
    }

    public OffsetTime(int hour, int minute, int second, int offsetSeconds) : this(hour, minute, second, 0, offsetSeconds)
    {
    }

    public OffsetTime(int hour, int minute, int second, int nanosecond, int offsetSeconds)
        : this(new LocalTime(hour, minute, second, nanosecond), offsetSeconds)
    {
    }

    internal OffsetTime(LocalTime time, int offsetSeconds)
    {
        Time = time;
        OffsetSeconds = ZoneOffset.Checked(offsetSeconds);
    }

    public int OffsetSeconds { get; }

    public int Hour => Time.Hour;

    public int Minute => Time.Minute;

    public int Second => Time.Second;

    public int Nanosecond => Time.Nanosecond;

    internal LocalTime Time { get; }

    private long UtcNanosecond => Time.NanosecondOfDay - OffsetSeconds * Types.Calendar.NanosPerSecond;

    public int CompareTo(OffsetTime other) => other is null ? 1 : UtcNanosecond.CompareTo(other.UtcNanosecond);

    public bool Equals(OffsetTime other) => other is not null && Time.Equals(other.Time) && OffsetSeconds == other.OffsetSeconds;

    public override bool Equals(object obj) => Equals(obj as OffsetTime);

    public override int GetHashCode() => HashCode.Combine(Time, OffsetSeconds);

    /// <summary>ISO 8601.</summary>
    public override string ToString() => $"{Time}{ZoneOffset.Format(OffsetSeconds)}";
}
