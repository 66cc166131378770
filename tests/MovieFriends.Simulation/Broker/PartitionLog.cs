using System.Text;

namespace MovieFriends.Simulation.Broker;

/// <summary>What a message is for; the first part of its value.</summary>
internal static class MessageKinds
{
    /// <summary>A row in the graph.</summary>
    public const string Event = "event";

    /// <summary>One that the database refuses.</summary>
    public const string Refused = "refused";

    /// <summary>One that has nothing for the graph.</summary>
    public const string Nothing = "nothing";

    /// <summary>One that cannot be read.</summary>
    public const string Rubbish = "rubbish";
}

/// <summary>A message of a partition; none at the offset of a transaction's mark.</summary>
/// <param name="Kind">What it is for; null is a mark.</param>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
internal sealed record StoredMessage(string? Kind, byte[] Key, byte[] Value)
{
    public static readonly StoredMessage Mark = new(null, [], []);

    public static StoredMessage Of(string kind, string id, string key) => new(
        kind, Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(kind == MessageKinds.Rubbish ? kind : $"{kind}|{id}|{key}"));

    /// <summary>Whether it is to be in the graph.</summary>
    public bool IsValid => Kind == MessageKinds.Event;

    /// <summary>Whether it is to be a dead letter.</summary>
    public bool IsDead => Kind is MessageKinds.Refused or MessageKinds.Rubbish;
}

/// <summary>A partition of the topic.</summary>
internal sealed class PartitionLog
{
    private readonly List<StoredMessage> _messages = [];

    /// <summary>The first offset that is still there.</summary>
    public long Low { get; set; }

    /// <summary>The offset that comes next.</summary>
    public long High => _messages.Count;

    /// <summary>What was at an offset, whether it is there still or not.</summary>
    public StoredMessage this[long offset] => _messages[(int)offset];

    public void Add(StoredMessage message) => _messages.Add(message);
}

/// <summary>A dead letter in its topic.</summary>
/// <param name="Message">As it was sent.</param>
/// <param name="Partition">The partition of the message that it is about.</param>
/// <param name="Source">The offset of that message.</param>
/// <param name="WasLate">Whether the broker hung before it stored it.</param>
internal sealed record StoredDeadLetter(Confluent.Kafka.Message<byte[], byte[]> Message, int Partition, long Source, bool WasLate);
