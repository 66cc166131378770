using System.Globalization;

namespace Neo4j.Driver;

/// <summary>A time zone by its offset from UTC.</summary>
public sealed class ZoneOffset : Zone, IEquatable<ZoneOffset>
{
    private const int MaxSeconds = 64_800;

    internal ZoneOffset(int offsetSeconds) => OffsetSeconds = Checked(offsetSeconds);

    public int OffsetSeconds { get; }

    public TimeSpan Offset => TimeSpan.FromSeconds(OffsetSeconds);

    public bool Equals(ZoneOffset other) => other is not null && other.OffsetSeconds == OffsetSeconds;

    public override bool Equals(object obj) => Equals(obj as ZoneOffset);

    public override int GetHashCode() => OffsetSeconds;

    public override string ToString() => Format(OffsetSeconds);

    internal static int Checked(int offsetSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offsetSeconds, MaxSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(offsetSeconds, -MaxSeconds);
        return offsetSeconds;
    }

    internal static string Format(int offsetSeconds)
    {
        if (offsetSeconds == 0)
        {
            return "Z";
        }

        var (seconds, sign) = (Math.Abs(offsetSeconds), offsetSeconds < 0 ? '-' : '+');
        var tail = seconds % 60 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{seconds % 60:D2}");
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds / 3600:D2}:{seconds / 60 % 60:D2}{tail}");
    }
}
