using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Neo4j;

/// <summary>
/// Settings of the Neo4j client integration: configuration section <c>Aspire:Neo4j:Driver</c>, and over it the subsection that has the name of
/// the driver's connection.
/// </summary>
public sealed record Neo4jDriverSettings
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Aspire:Neo4j:Driver";

    /// <summary>The connection string, where <c>ConnectionStrings</c> has none.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The database; none is the server's default. A connection string that names one wins.</summary>
    public string? Database { get; set; }

    /// <summary>
    /// PEM files with the certificates of authorities that are trusted instead of the system's, separated by <c>;</c>. Only with
    /// <c>bolt+s</c> or <c>neo4j+s</c>.
    /// </summary>
    public string? TrustedCertificates { get; set; }

    /// <summary>Whether to leave the health check out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether to leave spans of statements out.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether to leave metrics of statements out.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Whether <see cref="GraphRetry"/> lets the first failure through instead of repeating what is stopped by one that passes.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>How many connections the pool holds at the most.</summary>
    [Range(1, 10_000)]
    public int MaxConnectionPoolSize { get; set; } = 100;

    /// <summary>How long to wait for a TCP connection.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ConnectionTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Without the connection string, which may hold a password.</summary>
    public override string ToString() => $"{Section} ({Database ?? "default database"})";
}
