namespace Neo4j.Driver;

/// <summary>The database that ran a query.</summary>
public interface IDatabaseInfo
{
    /// <summary>Null where the server has one database only.</summary>
    string Name { get; }
}
