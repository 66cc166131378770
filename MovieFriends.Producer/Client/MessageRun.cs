namespace MovieFriends.Producer.Client;

/// <summary>
/// Consecutive messages of one partition, kept until they are handed over together. Their bytes lie in arrays that do not move, so that
/// nothing is allocated per message.
/// </summary>
internal sealed unsafe class MessageRun
{
    /// <summary>
    /// The most messages of a run. What handing over costs besides the messages is shared by them; 1,000 were no faster.
    /// </summary>
    public const int Capacity = 100;

    private readonly Librdkafka.Message[] _messages = GC.AllocateArray<Librdkafka.Message>(Capacity, pinned: true);
    private readonly byte[] _bytes;
    private int _length;
    private bool _partlyTaken;

    /// <param name="partition">Where the messages go.</param>
    /// <param name="maxMessageLength">The most bytes of a message, key and value together.</param>
    public MessageRun(int partition, int maxMessageLength)
    {
        Partition = partition;
        _bytes = GC.AllocateUninitializedArray<byte>(Capacity * maxMessageLength, pinned: true);
    }

    /// <summary>Where the messages go.</summary>
    public int Partition { get; }

    /// <summary>How many messages there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether what is there must be handed over before more is added. Bytes are not moved when a part was taken.</summary>
    public bool IsFull => Count == Capacity || _partlyTaken;

    /// <summary>The header that all of the messages have, for telemetry; null if they have none.</summary>
    public byte[]? TraceParent { get; set; }

    /// <summary>The messages that wait.</summary>
    public Span<Librdkafka.Message> Messages => _messages.AsSpan(0, Count);

    /// <summary>Adds a message; there must be room.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ref var message = ref _messages[Count++];
        message.Key = Copy(key);
        message.KeyLength = (nuint)key.Length;
        message.Value = Copy(value);
        message.ValueLength = (nuint)value.Length;
    }

    /// <summary>The first messages were taken; the others stay, in their order.</summary>
    public void Remove(int taken)
    {
        _messages.AsSpan(taken, Count - taken).CopyTo(_messages);
        Count -= taken;
        _partlyTaken = Count > 0;
        if (!_partlyTaken)
            _length = 0;
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
