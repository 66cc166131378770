using System.Numerics;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Verifier.Expected;

/// <summary>
/// What the topic's messages make: for each charge id the amount and time of its latest message. A hash table with open
/// addressing in four plain arrays, 25 bytes a slot, because there are millions of entries.
/// </summary>
internal sealed class ChargeTable
{
    private const double MaxLoad = 0.8;

    // No charge id is 0: user ids start at 1.
    private long[] _ids;
    private double[] _amounts;
    private double[] _times;
    private bool[] _marks;
    private int _shift;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">Room for about as many charges before it grows.</param>
    public ChargeTable(int capacity = 1024)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity / MaxLoad));
        _ids = new long[slots];
        _amounts = new double[slots];
        _times = new double[slots];
        _marks = new bool[slots];
        _shift = 64 - BitOperations.Log2((uint)slots);
    }

    /// <summary>Number of charges.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a message. Messages of one partition come in the order of their offsets.</summary>
    public void Add(in Charge charge)
    {
        var id = charge.ChargeId;
        var slot = SlotOf(id);
        if (_ids[slot] == id)
        {
            // The later event wins; of two at the same time the later offset, which is this one.
            if (charge.EpochSeconds < _times[slot])
                return;
        }
        else if (++Count > _ids.Length * MaxLoad)
        {
            Grow();
            slot = SlotOf(id);
        }

        (_ids[slot], _amounts[slot], _times[slot]) = (id, charge.Amount, charge.EpochSeconds);
    }

    /// <summary>Looks a charge up and marks it.</summary>
    /// <returns>Whether it is there, and whether it was marked before.</returns>
    public (bool Exists, bool WasMarked) Mark(long chargeId, out double amount, out double time)
    {
        var slot = SlotOf(chargeId);
        (amount, time) = (_amounts[slot], _times[slot]);
        if (_ids[slot] != chargeId)
            return (false, false);

        var marked = _marks[slot];
        _marks[slot] = true;
        return (true, marked);
    }

    /// <summary>Takes all marks away.</summary>
    public void ClearMarks() => Array.Clear(_marks);

    /// <summary>All charges, in no particular order.</summary>
    public IEnumerable<(long ChargeId, double Amount, bool IsMarked)> Entries()
    {
        for (var slot = 0; slot < _ids.Length; slot++)
        {
            if (_ids[slot] != 0)
                yield return (_ids[slot], _amounts[slot], _marks[slot]);
        }
    }

    private int SlotOf(long id)
    {
        var slot = (int)(((ulong)id * 0x9E3779B97F4A7C15) >> _shift);
        while (_ids[slot] != id && _ids[slot] != 0)
            slot = (slot + 1) & (_ids.Length - 1);
        return slot;
    }

    private void Grow()
    {
        var (ids, amounts, times, marks) = (_ids, _amounts, _times, _marks);
        var slots = checked(ids.Length * 2);
        (_ids, _amounts, _times, _marks) = (new long[slots], new double[slots], new double[slots], new bool[slots]);
        _shift--;
        for (var old = 0; old < ids.Length; old++)
        {
            if (ids[old] == 0)
                continue;
            var slot = SlotOf(ids[old]);
            (_ids[slot], _amounts[slot], _times[slot], _marks[slot]) = (ids[old], amounts[old], times[old], marks[old]);
        }
    }
}
