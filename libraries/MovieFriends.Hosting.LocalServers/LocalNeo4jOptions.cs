using System.ComponentModel.DataAnnotations;

namespace Aspire.Hosting;

/// <summary>Settings of a local Neo4j: section <c>LocalServers:Neo4j</c>, unless they are given in code.</summary>
public sealed record LocalNeo4jOptions
{
    private const string PortRule = "must be a port from 1 to 65535.";

    /// <summary>The port for Bolt, 1 to 65535; a free one by default.</summary>
    [Range(1, 65535, ErrorMessage = PortRule)]
    public int? BoltPort { get; init; }

    /// <summary>The port for Neo4j Browser, 1 to 65535; a free one by default.</summary>
    [Range(1, 65535, ErrorMessage = PortRule)]
    public int? HttpPort { get; init; }

    /// <summary>Whether Neo4j Browser is served.</summary>
    public bool Http { get; init; } = true;

    /// <summary>The Java heap in MiB, 256 to 65536; by default an eighth of the machine's memory, at least 1 and at most 2 GiB.</summary>
    [Range(256, 65536, ErrorMessage = "must be 256 to 65536 (MiB).")]
    public int? HeapMegabytes { get; init; }

    /// <summary>The cache for the store's files in MiB, 64 to 1048576; by default an eighth of the machine's memory, at least 256 and at most 4096.</summary>
    [Range(64, 1048576, ErrorMessage = "must be 64 to 1048576 (MiB).")]
    public int? PageCacheMegabytes { get; init; }

    /// <summary>Further options for Java, separated by spaces.</summary>
    public string JavaOptions { get; init; } = "";

    /// <summary>Further settings by the server's own names, which win over those that are set here.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];
}
