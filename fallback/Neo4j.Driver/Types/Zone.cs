namespace Neo4j.Driver;

/// <summary>A time zone: an offset from UTC, or a name.</summary>
public abstract class Zone
{
    internal Zone()
    {
    }

    /// <param name="offsetSeconds">East of Greenwich, -64,800 to 64,800.</param>
    public static Zone Of(int offsetSeconds) => new ZoneOffset(offsetSeconds);

    /// <param name="zoneId">A name from the IANA time zone database, such as <c>Europe/Berlin</c>.</param>
    public static Zone Of(string zoneId) => new ZoneId(zoneId);
}
