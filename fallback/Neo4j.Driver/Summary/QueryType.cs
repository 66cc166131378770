namespace Neo4j.Driver;

/// <summary>What a query does.</summary>
public enum QueryType
{
    Unknown,
    ReadOnly,
    ReadWrite,
    WriteOnly,
    SchemaWrite,
}
