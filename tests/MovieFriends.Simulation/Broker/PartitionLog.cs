using System.Globalization;
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
/// <param name="Value">Its value: KIND|ID|KEY, and from the second log of a partition on |LOG.</param>
internal sealed record StoredMessage(string? Kind, byte[] Key, byte[] Value)
{
    private const char Separator = '|';

    public static readonly StoredMessage Mark = new(null, [], []);

    public static StoredMessage Of(string kind, string id, string key, int log = 0) => new(
        kind, Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes($"{(kind == MessageKinds.Rubbish ? kind : $"{kind}|{id}|{key}")}{(log == 0 ? "" : $"|{log}")}"))
    {
        Log = log,
    };

    /// <summary>The same for another log.</summary>
    public StoredMessage For(int log) => log == 0 ? this : this with { Value = Kind is null ? Value : [.. Value, .. Encoding.ASCII.GetBytes($"{Separator}{log}")], Log = log };

    /// <summary>What a value says; null if it cannot be read.</summary>
    public static (string Kind, string Id, string Key, int Log)? Parse(ReadOnlySpan<byte> value) =>
        Encoding.ASCII.GetString(value).Split(Separator) is { Length: 3 or 4 } parts ? (parts[0], parts[1], parts[2], Log: LogOf(parts)) : null;

    /// <summary>The log for which a message was made.</summary>
    public static int LogOf(ReadOnlySpan<byte> value) => LogOf(Encoding.ASCII.GetString(value).Split(Separator));

    /// <summary>The log for which it was made.</summary>
    public int Log { get; private init; }

    /// <summary>Whether it is to be in the graph.</summary>
    public bool IsValid => Kind == MessageKinds.Event;

    /// <summary>Whether it is to be a dead letter.</summary>
    public bool IsDead => Kind is MessageKinds.Refused or MessageKinds.Rubbish;

    private static int LogOf(string[] parts) => parts.Length is 2 or 4 ? int.Parse(parts[^1], CultureInfo.InvariantCulture) : 0;
}

/// <summary>A partition of the topic.</summary>
internal sealed class PartitionLog(int number = 0)
{
    private readonly List<StoredMessage> _messages = [];

    /// <summary>Counts up when the partition is made anew, or loses its end.</summary>
    public int Number => number;

    /// <summary>The first offset that is still there.</summary>
    public long Low { get; set; }

    /// <summary>The offset that comes next.</summary>
    public long High => _messages.Count;

    /// <summary>What was at an offset, whether it is there still or not.</summary>
    public StoredMessage this[long offset] => _messages[(int)offset];

    public void Add(StoredMessage message) => _messages.Add(message);

    /// <summary>The same up to an offset. What comes there next is another message than the one that was there.</summary>
    public PartitionLog Cut(long end, int next)
    {
        var log = new PartitionLog(next) { Low = Math.Min(Low, end) };
        log._messages.AddRange(_messages.Take((int)end));
        return log;
    }
}

/// <summary>A dead letter in its topic.</summary>
/// <param name="Message">As it was sent.</param>
/// <param name="Partition">The partition of the message that it is about.</param>
/// <param name="Source">The offset of that message.</param>
/// <param name="WasLate">Whether the broker hung before it stored it.</param>
internal sealed record StoredDeadLetter(Confluent.Kafka.Message<byte[], byte[]> Message, int Partition, long Source, bool WasLate);
