using System.Runtime.InteropServices;
using MovieFriends.Contracts.Charges;
using MovieFriends.KafkaToNeo4j;

namespace MovieFriends.Consumer.Charges;

/// <summary>The charges of a batch. Messages for the same user and day share a row, which holds the latest of them.</summary>
internal sealed class ChargeRows : IRowSet
{
    private readonly Dictionary<long, int> _rowOfCharge = [];

    /// <summary>The charges to write, one row for each user and day.</summary>
    public ChargeColumns Charges { get; } = new();

    public int Count => Charges.Count;

    public RowResult Add(in ReceivedMessage message)
    {
        var error = ChargeCodec.Parse(message.Value, out var charge);
        return error == ChargeFormatError.None ? RowResult.InRow(RowOf(charge), charge.EpochSeconds) : RowResult.Malformed(error.Describe());
    }

    public void Clear()
    {
        _rowOfCharge.Clear();
        Charges.Clear();
    }

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
}
