using System.ComponentModel.DataAnnotations;

namespace Aspire.Hosting;

/// <summary>Settings of a local Kafka: section <c>LocalServers:Kafka</c>, unless they are given in code.</summary>
public sealed record LocalKafkaOptions
{
    /// <summary>The port that clients use, 1 to 65535; a free one by default.</summary>
    [Range(1, 65535, ErrorMessage = "must be a port from 1 to 65535.")]
    public int? Port { get; init; }

    /// <summary>The Java heap in MiB, 128 to 65536; 512 by default.</summary>
    [Range(128, 65536, ErrorMessage = "must be 128 to 65536 (MiB).")]
    public int HeapMegabytes { get; init; } = 512;

    /// <summary>Further options for Java, separated by spaces.</summary>
    public string JavaOptions { get; init; } = "";

    /// <summary>Further settings by the server's own names, which win over those that are set here.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];
}
