using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>One message of a topic, as it was polled. Key and value are gone when the call that it was given to is over.</summary>
/// <param name="partition">Its partition.</param>
/// <param name="offset">Its offset.</param>
/// <param name="key">Its key; <c>default</c> if it has none.</param>
/// <param name="value">Its value; <c>default</c> if it has none.</param>
public readonly ref struct ReceivedMessage(int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
{
    /// <summary>Its partition.</summary>
    public int Partition { get; } = partition;

    /// <summary>Its offset.</summary>
    public long Offset { get; } = offset;

    /// <summary>The bytes of its key.</summary>
    public ReadOnlySpan<byte> Key { get; } = key;

    /// <summary>The bytes of its value.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>When it was sent, or when the broker took it, in milliseconds since 1970; null where the stream does not ask for it.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Its headers; null if it has none, or where the stream does not ask for them.</summary>
    public Headers? Headers { get; init; }

    /// <summary>Whether it has a key.</summary>
    public bool HasKey => !IsAbsent(Key);

    /// <summary>Whether it has a value: one without is a tombstone.</summary>
    public bool HasValue => !IsAbsent(Value);

    /// <summary>Whether bytes are absent, which is not the same as empty.</summary>
    internal static bool IsAbsent(ReadOnlySpan<byte> bytes) => Unsafe.IsNullRef(ref MemoryMarshal.GetReference(bytes));
}
