using System.ComponentModel.DataAnnotations;

namespace MovieFriends.AppHost.LocalServers;

/// <summary>Settings of a local Kafka: section <c>LocalServers:Kafka</c>.</summary>
internal sealed record LocalKafkaOptions
{
    /// <summary>The port that clients use, 1 to 65535; a free one by default.</summary>
    [Range(1, 65535, ErrorMessage = "a port from 1 to 65535 is")]
    public int? Port { get; init; }

    /// <summary>The Java heap in MiB, 128 to 65536; 512 by default.</summary>
    [Range(128, 65536, ErrorMessage = "128 to 65536 (MiB) is")]
    public int HeapMegabytes { get; init; } = 512;

    /// <summary>Further options for Java, separated by spaces.</summary>
    public string JavaOptions { get; init; } = "";

    /// <summary>Further settings by the server's own names, which win over those that are set here.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];
}
