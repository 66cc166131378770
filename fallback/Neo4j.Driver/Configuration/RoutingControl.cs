namespace Neo4j.Driver;

/// <summary>Whether a query run through <see cref="IDriver.ExecutableQuery"/> writes or only reads.</summary>
public enum RoutingControl
{
    Writers = 0,
    Readers = 1,
}
