namespace Neo4j.Driver.Bolt;

/// <summary>The errors for what a server of an older protocol cannot be asked.</summary>
internal static class UnsupportedRequests
{
    public static ClientException Databases(BoltVersion version) =>
        new($"The server speaks Bolt {version} and has one database only; choosing a database needs Neo4j 4.0 or later.");

    public static ArgumentException Impersonation(BoltVersion version) =>
        new($"The server speaks Bolt {version}, which has no impersonation; that needs Bolt 4.4 (Neo4j 4.4) or later.");
}
