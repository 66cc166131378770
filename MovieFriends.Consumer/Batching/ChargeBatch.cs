using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Consumer.Batching;

/// <summary>One message of a batch.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="Start">Where its key and then its value stand in the batch's bytes.</param>
/// <param name="KeyLength">Bytes of the key; -1 if there is none.</param>
/// <param name="ValueLength">Bytes of the value; -1 if there is none.</param>
/// <param name="Row">The row of its charge, or -1 if it has none.</param>
/// <param name="Error">What is wrong with it.</param>
internal readonly record struct BatchMessage(long Offset, int Start, int KeyLength, int ValueLength, int Row, ChargeFormatError Error);

/// <summary>
/// Consecutive messages of one partition, as one transaction writes them. Filled by the poll thread, then handed to a
/// worker, then reused. Messages for the same user and day share a row, which holds the latest of them.
/// </summary>
internal sealed class ChargeBatch(int capacity)
{
    /// <summary>A batch takes no more messages once their keys and values have so many bytes, so that large ones do not fill the memory.</summary>
    public const int MaxBytes = 4 << 20;

    // Room for a key and a charge; larger messages make more.
    private const int BytesPerMessage = 40;

    private readonly List<BatchMessage> _messages = new(capacity);
    private readonly Dictionary<long, int> _rowOfCharge = new(capacity);
    private byte[] _bytes = new byte[capacity * BytesPerMessage];
    private int _byteCount;
    private bool _begun;

    /// <summary>The charges to write, one row for each user and day.</summary>
    public ChargeColumns Charges { get; } = new();

    /// <summary>Where the ledger must stand for this batch to be written.</summary>
    public long FromOffset { get; private set; }

    /// <summary>Where the ledger stands once it is written.</summary>
    public long NextOffset { get; private set; }

    /// <summary>When the first message was polled, in UTC.</summary>
    public DateTimeOffset FirstPolled { get; private set; }

    /// <summary>How many bytes the values of the messages have.</summary>
    public long ValueBytes { get; private set; }

    /// <summary>Messages without a charge in them.</summary>
    public int Malformed { get; private set; }

    /// <summary>The event time of each message with a charge in it, in seconds since 1970, also of those that share a row.</summary>
    public List<double> EventTimes { get; } = new(capacity);

    /// <summary>Where the messages come from, as far as they say so.</summary>
    public ProducerContexts Producers { get; } = new();

    public int Count => _messages.Count;

    /// <summary>How many bytes keys and values have.</summary>
    public int Bytes => _byteCount;

    public bool IsFull => Count >= capacity || _byteCount >= MaxBytes;

    public ReadOnlySpan<BatchMessage> Messages => CollectionsMarshal.AsSpan(_messages);

    /// <summary>Adds a message; the caller keeps the bytes. Allocates nothing once the batch has been full before.</summary>
    /// <param name="position">Where reading stood before this message; offsets may be missing between the two (compaction, transaction markers).</param>
    /// <param name="offset">The message's offset.</param>
    /// <param name="key">Its key; <c>default</c> if it has none.</param>
    /// <param name="value">Its value; <c>default</c> if it has none.</param>
    /// <param name="now">When it was polled.</param>
    public void Add(long position, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, DateTimeOffset now)
    {
        Begin(position);
        if (Count == 0)
            FirstPolled = now;

        var error = ChargeCodec.Parse(value, out var charge);
        _messages.Add(new BatchMessage(offset, Keep(key, value), Length(key), Length(value), error == ChargeFormatError.None ? RowOf(charge) : -1, error));
        if (error == ChargeFormatError.None)
            EventTimes.Add(charge.EpochSeconds);
        else
            Malformed++;
        ValueBytes += value.Length;
        NextOffset = offset + 1;
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
    public ReadOnlySpan<byte> KeyOf(in BatchMessage message) => message.KeyLength < 0 ? default : _bytes.AsSpan(message.Start, message.KeyLength);

    /// <summary>The value of a message; <c>default</c> if it has none.</summary>
    public ReadOnlySpan<byte> ValueOf(in BatchMessage message) =>
        message.ValueLength < 0 ? default : _bytes.AsSpan(message.Start + Math.Max(message.KeyLength, 0), message.ValueLength);

    /// <summary>The two halves of a batch, to find the message that the database rejects.</summary>
    public (ChargeBatch First, ChargeBatch Second) Split()
    {
        var middle = Count / 2;
        var first = new ChargeBatch(middle);
        var second = new ChargeBatch(Count - middle);
        var position = FromOffset;
        for (var i = 0; i < Count; i++)
        {
            var message = _messages[i];
            (i < middle ? first : second).Add(position, message.Offset, KeyOf(message), ValueOf(message), FirstPolled);
            position = message.Offset + 1;
        }

        second.NextOffset = NextOffset;
        first.Producers.AddAll(Producers);
        second.Producers.AddAll(Producers);
        return (first, second);
    }

    public void Clear()
    {
        _messages.Clear();
        _rowOfCharge.Clear();
        Charges.Clear();
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

    /// <summary>Whether a span is <c>default</c>: no key or no value, which is not the same as one of no length.</summary>
    public static bool IsAbsent(ReadOnlySpan<byte> bytes) => Unsafe.IsNullRef(ref MemoryMarshal.GetReference(bytes));

    private static int Length(ReadOnlySpan<byte> bytes) => IsAbsent(bytes) ? -1 : bytes.Length;

    // Messages come in offset order, so of equal times the later message wins.
    private int RowOf(in Charge charge)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rowOfCharge, charge.ChargeId, out var known);
        if (!known)
        {
            row = Charges.Count;
            Charges.Add(charge);
        }
        else
            Charges.Correct(row, charge);

        return row;
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
