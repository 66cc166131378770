using System.Globalization;

namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>The nodes of the offset ledger: one for each partition of a topic.</summary>
public static class LedgerNames
{
    /// <summary>Their label.</summary>
    public const string Label = "KafkaOffset";

    /// <summary>Their key.</summary>
    public const string Id = "id";

    /// <summary>The id of the node of one partition. Slashes cannot occur in a topic's name, so ids are unique.</summary>
    public static string IdOf(string topic, int partition) => $"{topic}/{partition}";

    /// <summary>The topic and the partition in the id of a node.</summary>
    /// <returns>Null if it is not such an id.</returns>
    public static (string Topic, int Partition)? Parse(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var slash = id.LastIndexOf('/');
        return slash > 0 && int.TryParse(id.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            ? (id[..slash], partition)
            : null;
    }

    /// <summary>A new name under which this process moves the ledger: machine, process, and what tells it from a process that has its number later.</summary>
    /// <param name="role">What kind of process it is; a stream has none.</param>
    public static string NewOwner(string? role = null) =>
        $"{Environment.MachineName}/{Environment.ProcessId}/{(role is null ? "" : $"{role}-")}{Guid.NewGuid():N}";
}
