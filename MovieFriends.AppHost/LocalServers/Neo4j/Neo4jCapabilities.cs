namespace MovieFriends.AppHost.LocalServers.Neo4j;

/// <summary>What a version of Neo4j is called and can do. Questions about a Neo4j version are answered here and nowhere else.</summary>
internal sealed record Neo4jCapabilities(Version Version)
{
    /// <summary>The oldest version that a home of one's own may have.</summary>
    public static readonly Version LeastOfHome = new(4, 4);

    private static readonly Version RenamedSettings = new(5, 0);
    private static readonly Version CalendarVersions = new(2025, 1);

    /// <summary>Before Neo4j 4 there is one database, and its users are not managed by Cypher.</summary>
    public bool HasSystemDatabase => Version >= LeastOfHome;

    /// <summary>Since Neo4j 5 settings of the server begin with <c>server.</c> and those of databases with <c>db.</c></summary>
    public bool HasServerSettings => Version >= RenamedSettings;

    /// <summary>The setting that says whether Bolt is spoken inside TLS; its value <c>REQUIRED</c> leaves no other way.</summary>
    public string TlsLevelSetting => HasServerSettings ? "server.bolt.tls_level" : "dbms.connector.bolt.tls_level";

    /// <summary>What makes the server write its log to the console too, which Neo4j 5 no longer does by itself.</summary>
    public string[] ConsoleOptions => HasServerSettings ? ["--console-mode"] : [];

    /// <summary>
    /// The Bolt implementation of Neo4j 3.1 has an encoder that reaches into a class of the JDK which Java 9 closed; it falls back to a
    /// portable one if that encoder is not there.
    /// </summary>
    public bool NeedsPortableEncoder => Version < LeastOfHome;

    /// <summary>What the consumer is told: before Neo4j 4 a transaction takes no time limit from a client.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment =>
        Version < LeastOfHome ? new Dictionary<string, string> { ["Consumer__TransactionTimeout"] = "00:00:00" } : new Dictionary<string, string>();

    public int LeastJava => Version >= CalendarVersions ? 21 : 17;
}
