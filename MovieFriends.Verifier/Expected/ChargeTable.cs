using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MovieFriends.Contracts.Charges;

namespace MovieFriends.Verifier.Expected;

/// <summary>What the topic's messages make: for each charge id the amount and time of its latest message.</summary>
/// <param name="capacity">Room for about as many charges before it grows.</param>
internal sealed class ChargeTable(int capacity = 1024)
{
    private readonly Dictionary<long, Entry> _charges = new(capacity);

    // What a marked entry holds. Clearing only changes the number.
    private int _mark = 1;

    /// <summary>Number of charges.</summary>
    public int Count => _charges.Count;

    /// <summary>Adds a message. Messages of one partition come in the order of their offsets.</summary>
    public void Add(in Charge charge)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_charges, charge.ChargeId, out var exists);

        // The later event wins; of two at the same time the later offset, which is this one.
        if (!exists || charge.EpochSeconds >= entry.Time)
            (entry.Amount, entry.Time) = (charge.Amount, charge.EpochSeconds);
    }

    /// <summary>Looks a charge up and marks it.</summary>
    /// <returns>Whether it is there, and whether it was marked before.</returns>
    public (bool Exists, bool WasMarked) Mark(long chargeId, out double amount, out double time)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_charges, chargeId);
        if (Unsafe.IsNullRef(ref entry))
        {
            (amount, time) = (0, 0);
            return (false, false);
        }

        (amount, time) = (entry.Amount, entry.Time);
        var marked = entry.Mark == _mark;
        entry.Mark = _mark;
        return (true, marked);
    }

    /// <summary>Takes all marks away.</summary>
    public void ClearMarks() => _mark++;

    /// <summary>All charges, in no particular order.</summary>
    public IEnumerable<(long ChargeId, double Amount, bool IsMarked)> Entries() => _charges.Select(c => (c.Key, c.Value.Amount, c.Value.Mark == _mark));

    private struct Entry
    {
        public double Amount;
        public double Time;
        public int Mark;
    }
}
