namespace MovieFriends.Kafka.BatchProducer;

/// <summary>
/// Consecutive messages of one partition that are handed over together. Their bytes lie in arrays that do not move, so that nothing is
/// allocated per message.
/// </summary>
internal sealed unsafe class MessageBatch
{
    /// <summary>The most bytes of a message, key and value together.</summary>
    public const int MaxMessageLength = 512;

    // What handing over costs besides the messages is shared by them; 1,000 were no faster.
    private const int Capacity = 100;
    private const int MaxLength = 8 * 1024;

    private readonly Librdkafka.Message[] _messages = GC.AllocateArray<Librdkafka.Message>(Capacity, pinned: true);
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(MaxLength, pinned: true);
    private int _first;
    private int _end;
    private int _length;

    /// <summary>Where the messages go.</summary>
    public int Partition { get; set; }

    /// <summary>How many messages there are.</summary>
    public int Count => _end - _first;

    /// <summary>Whether there is no room for another message, however large.</summary>
    public bool IsFull => _end == Capacity || _length > MaxLength - MaxMessageLength;

    /// <summary>The header that all of the messages have, for telemetry; null if they have none.</summary>
    public byte[]? TraceParent { get; set; }

    /// <summary>The messages, in their order.</summary>
    public Span<Librdkafka.Message> Messages => _messages.AsSpan(_first, Count);

    /// <summary>Adds a message; the batch must not be full.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ref var message = ref _messages[_end++];
        message.Key = Copy(key);
        message.KeyLength = (nuint)key.Length;
        message.Value = Copy(value);
        message.ValueLength = (nuint)value.Length;
    }

    /// <summary>The first messages were taken; the others stay.</summary>
    public void Remove(int taken)
    {
        _first += taken;
        if (Count == 0)
            _first = _end = _length = 0;
    }

    private byte* Copy(ReadOnlySpan<byte> bytes)
    {
        var target = _bytes.AsSpan(_length, bytes.Length);
        bytes.CopyTo(target);
        _length += bytes.Length;
        fixed (byte* pointer = target)
            return pointer;
    }
}
