namespace MovieFriends.Hosting.LocalServers.Neo4j;

/// <summary>What a version of Neo4j is called and can do. Questions about a Neo4j version are answered here and nowhere else.</summary>
internal sealed record Neo4jCapabilities(Version Version)
{
    private static readonly Version s_renamedSettings = new(5, 0);
    private static readonly Version s_calendarVersions = new(2025, 1);

    /// <summary>Before Neo4j 4 there is one database, and its users are not managed by Cypher.</summary>
    public bool HasSystemDatabase => Version >= Neo4jHome.Oldest;

    /// <summary>Since Neo4j 5 settings of the server begin with <c>server.</c> and those of databases with <c>db.</c></summary>
    public bool HasServerSettings => Version >= s_renamedSettings;

    /// <summary>The setting that says whether Bolt is spoken inside TLS; its value <c>REQUIRED</c> leaves no other way.</summary>
    public string TlsLevelSetting => HasServerSettings ? "server.bolt.tls_level" : "dbms.connector.bolt.tls_level";

    /// <summary>What makes the server write its log to the console too, which Neo4j 5 no longer does by itself.</summary>
    public string[] ConsoleOptions => HasServerSettings ? ["--console-mode"] : [];

    /// <summary>
    /// The Bolt implementation of Neo4j 3.1 has an encoder that reaches into a class of the JDK which Java 9 closed; it falls back to a
    /// portable one if that encoder is not there.
    /// </summary>
    public bool NeedsPortableEncoder => Version < Neo4jHome.Oldest;

    /// <summary>Before Neo4j 4 a transaction takes no time limit from a client.</summary>
    public bool HasTransactionTimeout => Version >= Neo4jHome.Oldest;

    public int LeastJava => Version >= s_calendarVersions ? 21 : 17;
}
