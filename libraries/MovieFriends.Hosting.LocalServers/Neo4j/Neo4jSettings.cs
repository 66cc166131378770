namespace MovieFriends.Hosting.LocalServers.Neo4j;

/// <summary>The database's <c>neo4j.conf</c> in the words of its version: loopback only, Bolt and perhaps HTTP, nothing else.</summary>
internal static class Neo4jSettings
{
    /// <summary>Transaction logs serve recovery and back-ups; a local graph needs them for the first alone.</summary>
    private const string LogRetention = "1G size";

    /// <summary>
    /// Logs can only go after a checkpoint. Neo4j's own 15 minutes let tens of gigabytes pile up where charges are written as fast as possible.
    /// </summary>
    private const string CheckpointInterval = "1m";

    /// <param name="capabilities">The version's.</param>
    /// <param name="boltPort">The port for Bolt.</param>
    /// <param name="httpPort">The port for Neo4j Browser; null turns HTTP off.</param>
    /// <param name="memory">The heap is an option of Java and stands here for the server's own reckoning.</param>
    public static SettingsFile For(Neo4jCapabilities capabilities, int boltPort, int? httpPort, Neo4jMemory memory) => capabilities switch
    {
        { HasServerSettings: true } => ForServer(boltPort, httpPort, memory),
        { HasSystemDatabase: true } => ForDbms(boltPort, httpPort, memory),
        _ => ForOldDbms(boltPort, httpPort, memory),
    };

    private static SettingsFile ForServer(int boltPort, int? httpPort, Neo4jMemory memory)
    {
        var settings = new SettingsFile()
            .Set("server.default_listen_address", LocalServerHost.Address)
            .Set("server.default_advertised_address", LocalServerHost.Address)
            .Set("server.bolt.enabled", true)
            .Set("server.bolt.listen_address", Address(boltPort))
            .Set("server.bolt.advertised_address", Address(boltPort))
            .Set("server.https.enabled", false)
            .Set("server.http.enabled", httpPort is not null)
            .Set("server.memory.heap.initial_size", Megabytes(memory.HeapMegabytes))
            .Set("server.memory.heap.max_size", Megabytes(memory.HeapMegabytes))
            .Set("server.memory.pagecache.size", Megabytes(memory.PageCacheMegabytes))
            .Set("db.tx_log.rotation.retention_policy", LogRetention)
            .Set("db.checkpoint.interval.time", CheckpointInterval)
            .Set("dbms.security.auth_enabled", true)
            .Set("dbms.usage_report.enabled", false)
            // Bolt would wait for new connections for 5 s after all databases have closed, longer than Ctrl-C is patient.
            .Set("internal.dbms.bolt.netty_server_shutdown_quiet_period", 0)
            // Minor versions add and drop settings; one that this version does not know must not keep it from starting.
            .Set("server.config.strict_validation.enabled", false);
        return httpPort is { } port
            ? settings.Set("server.http.listen_address", Address(port)).Set("server.http.advertised_address", Address(port))
            : settings;
    }

    private static SettingsFile ForDbms(int boltPort, int? httpPort, Neo4jMemory memory)
    {
        var settings = new SettingsFile()
            .Set("dbms.default_listen_address", LocalServerHost.Address)
            .Set("dbms.default_advertised_address", LocalServerHost.Address)
            .Set("dbms.connector.bolt.advertised_address", Address(boltPort))
            .Set("dbms.security.auth_enabled", true)
            .Set("unsupported.dbms.bolt.netty_server_shutdown_quiet_period", 0)
            .Set("dbms.logs.user.stdout_enabled", true)
            .Set("dbms.tx_log.rotation.retention_policy", LogRetention)
            .Set("dbms.checkpoint.interval.time", CheckpointInterval);
        return Shared(settings, boltPort, httpPort, memory);
    }

    private static SettingsFile ForOldDbms(int boltPort, int? httpPort, Neo4jMemory memory)
    {
        var settings = new SettingsFile()
            .Set("dbms.connectors.default_listen_address", LocalServerHost.Address)
            .Set("dbms.connector.bolt.type", "BOLT")
            // A new password can only be set over HTTP there, and what listens is the loopback address alone.
            .Set("dbms.security.auth_enabled", false)
            .Set("dbms.shell.enabled", false)
            .Set("dbms.udc.enabled", false)
            .Set("dbms.tx_log.rotation.retention_policy", LogRetention)
            .Set("dbms.checkpoint.interval.time", CheckpointInterval);
        return Shared(settings, boltPort, httpPort, memory);
    }

    private static SettingsFile Shared(SettingsFile settings, int boltPort, int? httpPort, Neo4jMemory memory)
    {
        settings
            .Set("dbms.connector.bolt.enabled", true)
            .Set("dbms.connector.bolt.listen_address", Address(boltPort))
            .Set("dbms.connector.https.enabled", false)
            .Set("dbms.connector.http.enabled", httpPort is not null)
            .Set("dbms.memory.heap.initial_size", Megabytes(memory.HeapMegabytes))
            .Set("dbms.memory.heap.max_size", Megabytes(memory.HeapMegabytes))
            .Set("dbms.memory.pagecache.size", Megabytes(memory.PageCacheMegabytes));
        return httpPort is { } port ? settings.Set("dbms.connector.http.listen_address", Address(port)) : settings;
    }

    private static string Address(int port) => $"{LocalServerHost.Address}:{port}";

    private static string Megabytes(int megabytes) => $"{megabytes}m";
}
