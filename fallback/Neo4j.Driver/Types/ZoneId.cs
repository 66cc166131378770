namespace Neo4j.Driver;

/// <summary>A time zone by its name.</summary>
public sealed class ZoneId : Zone, IEquatable<ZoneId>
{
    internal ZoneId(string zoneId) => Id = zoneId;

    public string Id { get; }

    public bool Equals(ZoneId other) => other is not null && other.Id == Id;

    public override bool Equals(object obj) => Equals(obj as ZoneId);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"[{Id}]";
}
