using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace MovieFriends.KafkaToNeo4j.Batching;

/// <summary>One message of a batch.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="Start">Where its key and then its value stand in the batch's bytes.</param>
/// <param name="KeyLength">Bytes of the key; -1 if there is none.</param>
/// <param name="ValueLength">Bytes of the value; -1 if there is none.</param>
/// <param name="Timestamp">Its timestamp, if the stream asks for it.</param>
/// <param name="Row">The row that it is in, or -1 if it is in none.</param>
/// <param name="Error">What is wrong with it; null if nothing is.</param>
internal readonly record struct BatchMessage(long Offset, int Start, int KeyLength, int ValueLength, long? Timestamp, int Row, string? Error);

/// <summary>
/// Consecutive messages of one partition, as one transaction writes them. Filled by the poll thread, then handed to a
/// worker, then reused.
/// </summary>
internal sealed class MessageBatch(int capacity, Func<IRowSet> newRows)
{
    /// <summary>A batch takes no more messages once their keys and values have so many bytes, so that large ones do not fill the memory.</summary>
    public const int MaxBytes = 4 << 20;

    // Room for the key and the value of a small message; larger ones make more.
    private const int BytesPerMessage = 40;

    private readonly List<BatchMessage> _messages = new(capacity);
    private byte[] _bytes = new byte[capacity * BytesPerMessage];
    private int _byteCount;
    private bool _begun;
    private int _partition;

    // Only where the stream asks for headers.
    private List<Headers?>? _headers;

    /// <summary>The rows to write.</summary>
    public IRowSet Rows { get; } = newRows();

    /// <summary>Where the ledger must stand for this batch to be written.</summary>
    public long FromOffset { get; private set; }

    /// <summary>Where the ledger stands once it is written.</summary>
    public long NextOffset { get; private set; }

    /// <summary>When the first message was polled, in UTC.</summary>
    public DateTimeOffset FirstPolled { get; private set; }

    /// <summary>How many bytes the values of the messages have.</summary>
    public long ValueBytes { get; private set; }

    /// <summary>Messages that cannot be read.</summary>
    public int Malformed { get; private set; }

    /// <summary>The event time of each message that says it, in seconds since 1970, also of those that share a row.</summary>
    public List<double> EventTimes { get; } = new(capacity);

    /// <summary>Where the messages come from, as far as they say so.</summary>
    public ProducerContexts Producers { get; } = new();

    public int Count => _messages.Count;

    /// <summary>How many bytes keys and values have.</summary>
    public int Bytes => _byteCount;

    public bool IsFull => Count >= capacity || _byteCount >= MaxBytes;

    public ReadOnlySpan<BatchMessage> Messages => CollectionsMarshal.AsSpan(_messages);

    /// <summary>Adds a message behind those that are there.</summary>
    /// <param name="position">Where the ledger must stand for the batch to be written, if this is its first message.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">When it was polled.</param>
    /// <returns>Why the message cannot be read now, so that it was not added; null if it was.</returns>
    public string? Add(long position, in ReceivedMessage message, DateTimeOffset now)
    {
        var result = Rows.Add(message);
        if (result.Missing is not null)
            return result.Missing;

        Begin(position);
        if (Count == 0)
            FirstPolled = now;

        _partition = message.Partition;
        var key = message.Key;
        var value = message.Value;
        _messages.Add(new BatchMessage(message.Offset, Keep(key, value), Length(key), Length(value), message.Timestamp, result.Row, result.Error));
        if (message.Headers is not null || _headers is not null)
            Keep(message.Headers);
        if (result.Error is not null)
            Malformed++;
        else if (!double.IsNaN(result.EventTime))
            EventTimes.Add(result.EventTime);
        ValueBytes += value.Length;
        NextOffset = message.Offset + 1;
        return null;
    }

    /// <summary>Lets the batch end behind offsets that hold no message, such as the marks of a transaction.</summary>
    /// <param name="position">Where reading stood.</param>
    /// <param name="nextOffset">The first offset that may hold a message.</param>
    /// <param name="now">When that was known.</param>
    public void SkipTo(long position, long nextOffset, DateTimeOffset now)
    {
        Begin(position);
        if (Count == 0)
            FirstPolled = now;
        NextOffset = nextOffset;
    }

    /// <summary>The key of a message; <c>default</c> if it has none.</summary>
    public ReadOnlySpan<byte> KeyOf(scoped in BatchMessage message) => message.KeyLength < 0 ? default : _bytes.AsSpan(message.Start, message.KeyLength);

    /// <summary>The value of a message; <c>default</c> if it has none.</summary>
    public ReadOnlySpan<byte> ValueOf(scoped in BatchMessage message) =>
        message.ValueLength < 0 ? default : _bytes.AsSpan(message.Start + Math.Max(message.KeyLength, 0), message.ValueLength);

    /// <summary>The two halves of a batch, to find the message that the database rejects.</summary>
    /// <exception cref="TimeoutException">A message, once read, cannot be read again now.</exception>
    public (MessageBatch First, MessageBatch Second) Split()
    {
        var middle = Count / 2;
        var first = new MessageBatch(middle, newRows);
        var second = new MessageBatch(Count - middle, newRows);
        var position = FromOffset;
        for (var i = 0; i < Count; i++)
        {
            if ((i < middle ? first : second).Add(position, Message(i), FirstPolled) is { } missing)
                throw new TimeoutException(missing);
            position = _messages[i].Offset + 1;
        }

        second.NextOffset = NextOffset;
        first.Producers.AddAll(Producers);
        second.Producers.AddAll(Producers);
        return (first, second);
    }

    public void Clear()
    {
        _messages.Clear();
        _headers = null;
        Rows.Clear();
        EventTimes.Clear();
        Producers.Clear();
        _byteCount = 0;
        _begun = false;
        ValueBytes = 0;
        Malformed = 0;
        if (_bytes.Length > Math.Max(MaxBytes / 4, capacity * BytesPerMessage))
            _bytes = new byte[capacity * BytesPerMessage];
    }

    private void Begin(long position)
    {
        if (_begun)
            return;

        _begun = true;
        FromOffset = position;
    }

    private ReceivedMessage Message(int index)
    {
        var message = _messages[index];
        return new ReceivedMessage(_partition, message.Offset, KeyOf(message), ValueOf(message)) { Timestamp = message.Timestamp, Headers = _headers?[index] };
    }

    private static int Length(ReadOnlySpan<byte> bytes) => ReceivedMessage.IsAbsent(bytes) ? -1 : bytes.Length;

    // The messages before the first that has headers had none.
    private void Keep(Headers? headers)
    {
        _headers ??= [];
        while (_headers.Count < _messages.Count - 1)
            _headers.Add(null);
        _headers.Add(headers);
    }

    private int Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var start = _byteCount;
        var end = start + key.Length + value.Length;
        if (end > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));

        key.CopyTo(_bytes.AsSpan(start));
        value.CopyTo(_bytes.AsSpan(start + key.Length));
        _byteCount = end;
        return start;
    }
}
