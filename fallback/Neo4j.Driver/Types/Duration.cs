using System.Globalization;

namespace Neo4j.Driver;

/// <summary>A duration in months, days and seconds, none of which converts to another: <c>DURATION</c> in Cypher.</summary>
public sealed class Duration : TemporalValue, IEquatable<Duration>
{
    public Duration(long seconds) : this(seconds, 0)
    {
    }

    public Duration(long seconds, int nanos) : this(0, seconds, nanos)
    {
    }

    public Duration(long days, long seconds, int nanos) : this(0, days, seconds, nanos)
    {
    }

    /// <param name="months">Number of months.</param>
    /// <param name="days">Number of days.</param>
    /// <param name="seconds">Number of seconds.</param>
    /// <param name="nanos">0 to 999,999,999, counted from the second upwards.</param>
    public Duration(long months, long days, long seconds, int nanos)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanos);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nanos, 999_999_999);
        (Months, Days, Seconds, Nanos) = (months, days, seconds, nanos);
    }

    public long Months { get; }

    public long Days { get; }

    public long Seconds { get; }

    public int Nanos { get; }

    public bool Equals(Duration other) =>
        other is not null && (Months, Days, Seconds, Nanos) == (other.Months, other.Days, other.Seconds, other.Nanos);

    public override bool Equals(object obj) => Equals(obj as Duration);

    public override int GetHashCode() => HashCode.Combine(Months, Days, Seconds, Nanos);

    /// <summary>ISO 8601.</summary>
    public override string ToString()
    {
        // Nanoseconds count upwards from the second also where the seconds are negative.
        var (seconds, nanos) = Seconds < 0 && Nanos > 0 ? (Seconds + 1, 1_000_000_000 - Nanos) : (Seconds, Nanos);
        var sign = Seconds < 0 && seconds == 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"P{Months}M{Days}DT{sign}{seconds}{Fraction(nanos)}S");
    }
}
