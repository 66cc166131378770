using System.Runtime.InteropServices;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Consumer.Batching;

/// <summary>
/// Consecutive messages of one partition, as one transaction writes them. Filled by the poll thread, then handed to a
/// writer, then reused. Messages for the same user and day share a row, which holds the latest of them.
/// </summary>
internal sealed class ChargeBatch(int capacity)
{
    private readonly List<BatchMessage> _messages = new(capacity);
    private readonly Dictionary<long, int> _rowOfCharge = new(capacity);
    private byte[] _bytes = new byte[capacity * 40];
    private int _byteCount;

    /// <summary>The charges to write, one row for each user and day.</summary>
    public ChargeColumns Charges { get; } = new(capacity);

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

    /// <summary>Whether the dead letters of this batch are in their topic already; a repetition does not send them again.</summary>
    public bool DeadLettersSent { get; set; }

    public int Count => _messages.Count;

    public bool IsFull => Count >= capacity;

    public ReadOnlySpan<BatchMessage> Messages => CollectionsMarshal.AsSpan(_messages);

    /// <summary>Adds a message; the caller keeps the bytes. Allocates nothing once the batch has been full before.</summary>
    /// <param name="position">Where reading stood before this message; offsets may be missing between the two (compaction, transaction markers).</param>
    /// <param name="offset">The message's offset.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="now">When it was polled.</param>
    public void Add(long position, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, DateTimeOffset now)
    {
        if (Count == 0)
        {
            FromOffset = position;
            FirstPolled = now;
        }

        var error = ChargeCodec.Parse(value, out var charge);
        _messages.Add(new BatchMessage(offset, Keep(key, value), key.Length, value.Length, error == ChargeFormatError.None ? RowOf(charge) : -1, error));
        Malformed += error == ChargeFormatError.None ? 0 : 1;
        ValueBytes += value.Length;
        NextOffset = offset + 1;
    }

    public ReadOnlySpan<byte> KeyOf(in BatchMessage message) => _bytes.AsSpan(message.Start, message.KeyLength);

    public ReadOnlySpan<byte> ValueOf(in BatchMessage message) => _bytes.AsSpan(message.Start + message.KeyLength, message.ValueLength);

    /// <summary>The two halves of a batch, to find the message that the database refuses.</summary>
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

        return (first, second);
    }

    public void Clear()
    {
        _messages.Clear();
        _rowOfCharge.Clear();
        Charges.Clear();
        _byteCount = 0;
        ValueBytes = 0;
        Malformed = 0;
        DeadLettersSent = false;
    }

    // Later by event time wins; messages come in offset order, so of equal times the later message does.
    private int RowOf(in Charge charge)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rowOfCharge, charge.ChargeId, out var known);
        if (!known)
        {
            row = Charges.Count;
            Charges.Add(charge);
        }
        else if (charge.EpochSeconds >= Charges.CreatedDates[row])
        {
            Charges.Replace(row, charge);
        }

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
