using Neo4j.Driver.Types;

namespace Neo4j.Driver;

/// <summary>An instant with a time zone: <c>ZONED DATETIME</c> in Cypher.</summary>
public sealed class ZonedDateTime : TemporalValue, IEquatable<ZonedDateTime>, IComparable<ZonedDateTime>
{
    private readonly LocalDateTime _local;

    /// <param name="utcSeconds">Since 1970-01-01T00:00:00Z.</param>
    /// <param name="nanos">0 to 999,999,999.</param>
    /// <param name="zone">In which the date and the time of day are told.</param>
    /// <exception cref="TimeZoneNotFoundException">The system does not know the zone's name.</exception>
    public ZonedDateTime(long utcSeconds, int nanos, Zone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        UtcSeconds = utcSeconds;
        Zone = zone;
        OffsetSeconds = zone is ZoneOffset offset ? offset.OffsetSeconds : OffsetAt(utcSeconds, (ZoneId)zone);
        _local = Neo4j.Driver.LocalDateTime.FromEpoch(utcSeconds + OffsetSeconds, nanos);
    }

    public ZonedDateTime(DateTimeOffset dateTimeOffset)
        : this(
            Types.Calendar.FloorDivide(dateTimeOffset.UtcTicks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond),
            (int)(dateTimeOffset.UtcTicks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
            Zone.Of((int)dateTimeOffset.Offset.TotalSeconds))
    {
    }

    /// <summary>Since 1970-01-01T00:00:00Z.</summary>
    public long UtcSeconds { get; }

    public Zone Zone { get; }

    public int OffsetSeconds { get; }

    public int Year => _local.Year;

    public int Month => _local.Month;

    public int Day => _local.Day;

    public int Hour => _local.Hour;

    public int Minute => _local.Minute;

    public int Second => _local.Second;

    public int Nanosecond => _local.Nanosecond;

    public DateTime LocalDateTime => _local.ToDateTime();

    public DateTime UtcDateTime => DateTime.SpecifyKind(
        Neo4j.Driver.LocalDateTime.FromEpoch(UtcSeconds, Nanosecond).ToDateTime(), DateTimeKind.Utc);

    /// <exception cref="ValueOverflowException">The year is outside of 1 to 9999.</exception>
    /// <exception cref="ValueTruncationException">
    /// The time is more precise than 100 ns, or the offset more precise than a minute.
    /// </exception>
    public DateTimeOffset ToDateTimeOffset()
    {
        if (OffsetSeconds % 60 != 0)
        {
            throw new ValueTruncationException($"An offset of {OffsetSeconds} s cannot be represented in a {nameof(DateTimeOffset)}, which counts it in minutes.");
        }

        return new DateTimeOffset(_local.ToDateTime(), TimeSpan.FromSeconds(OffsetSeconds));
    }

    public int CompareTo(ZonedDateTime other) => other is null ? 1
        : UtcSeconds.CompareTo(other.UtcSeconds) is var order && order != 0 ? order : Nanosecond.CompareTo(other.Nanosecond);

    public bool Equals(ZonedDateTime other) => other is not null && CompareTo(other) == 0 && Zone.Equals(other.Zone);

    public override bool Equals(object obj) => Equals(obj as ZonedDateTime);

    public override int GetHashCode() => HashCode.Combine(UtcSeconds, Nanosecond, Zone);

    /// <summary>ISO 8601.</summary>
    public override string ToString() => $"{_local}{Zone}";

    /// <summary>Before Bolt 5 the seconds are those of the zone's own clock.</summary>
    internal static ZonedDateTime FromLocal(long localSeconds, int nanos, Zone zone)
    {
        var offset = zone is ZoneOffset fixedOffset
            ? fixedOffset.OffsetSeconds
            : (int)Find((ZoneId)zone).GetUtcOffset(Clock(localSeconds)).TotalSeconds;
        return new ZonedDateTime(localSeconds - offset, nanos, zone);
    }

    protected override DateTimeOffset ConvertToDateTimeOffset() => ToDateTimeOffset();

    private static int OffsetAt(long utcSeconds, ZoneId zone) =>
        (int)Find(zone).GetUtcOffset(DateTime.SpecifyKind(Clock(utcSeconds), DateTimeKind.Utc)).TotalSeconds;

    private static TimeZoneInfo Find(ZoneId zone) => TimeZoneInfo.FindSystemTimeZoneById(zone.Id);

    // Beyond the system's calendar the rules of its first and last day are used.
    private static DateTime Clock(long seconds)
    {
        var ticks = Math.Clamp(seconds, -62_135_596_800, 253_402_300_799) * TimeSpan.TicksPerSecond;
        return new DateTime(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Unspecified);
    }
}
