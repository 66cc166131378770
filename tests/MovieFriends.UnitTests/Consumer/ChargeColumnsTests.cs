using MovieFriends.Consumer.Charges;
using MovieFriends.Contracts.Charges;
using Xunit;

namespace MovieFriends.UnitTests.Consumer;

public sealed class ChargeColumnsTests
{
    private readonly ChargeColumns _columns = new();

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(ChargeSlice.Length, new[] { ChargeSlice.Length })]
    [InlineData(ChargeSlice.Length + 1, new[] { ChargeSlice.Length, 1 })]
    [InlineData((3 * ChargeSlice.Length) - 1, new[] { ChargeSlice.Length, ChargeSlice.Length, ChargeSlice.Length - 1 })]
    public void Columns_are_sent_in_short_slices(int rows, int[] lengths)
    {
        Fill(rows);

        Assert.Equal(lengths, Sent().Select(slice => ((List<long>)slice["chargeIds"]).Count));
    }

    [Fact]
    public void Slices_have_every_row_once_and_in_order()
    {
        var charges = Fill((2 * ChargeSlice.Length) + 7);

        Assert.Equal(charges.Select(charge => charge.ChargeId), Sent().SelectMany(slice => (List<long>)slice["chargeIds"]));
        Assert.Equal(charges.Select(charge => charge.UserId), Sent().SelectMany(slice => (List<long>)slice["userIds"]));
        Assert.Equal(charges.Select(charge => UtcDay.ToText(charge.Day)), Sent().SelectMany(slice => (List<string>)slice["dates"]));
        Assert.Equal(charges.Select(charge => charge.Amount), Sent().SelectMany(slice => (List<double>)slice["amounts"]));
        Assert.Equal(charges.Select(charge => charge.EpochSeconds), Sent().SelectMany(slice => (List<double>)slice["createdDates"]));
    }

    [Fact]
    public void After_clearing_only_new_rows_are_sent()
    {
        Fill(2 * ChargeSlice.Length);
        _columns.Clear();

        var charges = Fill(3);

        Assert.Equal(3, _columns.Count);
        Assert.Equal(charges.Select(charge => charge.Amount), Sent().SelectMany(slice => (List<double>)slice["amounts"]));
    }

    [Fact]
    public void A_row_is_found_by_its_number_in_every_slice()
    {
        var charges = Fill((2 * ChargeSlice.Length) + 7);
        var copy = new ChargeColumns();

        foreach (var row in new[] { 0, ChargeSlice.Length - 1, ChargeSlice.Length, charges.Length - 1 })
        {
            Assert.Equal(charges[row].UserId, _columns.UserId(row));
            Assert.Equal(charges[row].ChargeId, _columns.ChargeId(row));
            copy.AddRow(_columns, row);
            Assert.Equal(charges[row].ChargeId, copy.ChargeId(copy.Count - 1));
        }
    }

    private Charge[] Fill(int rows)
    {
        var charges = Enumerable.Range(0, rows).Select(i => new Charge(1_000_000 + i, 0.5 + i, 1_484_222_400 + i)).ToArray();
        foreach (var charge in charges)
            _columns.Add(charge);
        return charges;
    }

    private List<Dictionary<string, object>> Sent() => (List<Dictionary<string, object>>)_columns.Parameters["slices"]!;
}
