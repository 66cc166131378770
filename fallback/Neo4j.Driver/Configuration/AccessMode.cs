namespace Neo4j.Driver;

/// <summary>Whether a transaction only reads.</summary>
public enum AccessMode
{
    Read,
    Write,
}
