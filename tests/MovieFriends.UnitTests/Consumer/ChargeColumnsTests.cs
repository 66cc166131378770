using MovieFriends.Consumer.Batching;
using MovieFriends.Contracts.Charges;
using Xunit;

namespace MovieFriends.UnitTests.Consumer;

public sealed class ChargeColumnsTests
{
    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(ChargeColumns.SliceLength, new[] { ChargeColumns.SliceLength })]
    [InlineData(ChargeColumns.SliceLength + 1, new[] { ChargeColumns.SliceLength, 1 })]
    [InlineData((3 * ChargeColumns.SliceLength) - 1, new[] { ChargeColumns.SliceLength, ChargeColumns.SliceLength, ChargeColumns.SliceLength - 1 })]
    public void Columns_are_sent_in_short_slices(int rows, int[] lengths)
    {
        var slices = Slices(Filled(rows));

        Assert.Equal(lengths, slices.Select(slice => ((List<long>)slice["chargeIds"]).Count));
    }

    [Fact]
    public void Slices_have_every_row_once_and_in_order()
    {
        var columns = Filled((2 * ChargeColumns.SliceLength) + 7);

        var slices = Slices(columns);

        Assert.Equal(columns.ChargeIds, slices.SelectMany(slice => (List<long>)slice["chargeIds"]));
        Assert.Equal(columns.UserIds, slices.SelectMany(slice => (List<long>)slice["userIds"]));
        Assert.Equal(columns.Dates, slices.SelectMany(slice => (List<string>)slice["dates"]));
        Assert.Equal(columns.Amounts, slices.SelectMany(slice => (List<double>)slice["amounts"]));
        Assert.Equal(columns.CreatedDates, slices.SelectMany(slice => (List<double>)slice["createdDates"]));
    }

    private static ChargeColumns Filled(int rows)
    {
        var columns = new ChargeColumns(rows);
        for (var i = 0; i < rows; i++)
            columns.Add(new Charge(1_000_000 + i, 0.5 + i, 1_484_222_400 + i));
        return columns;
    }

    private static Dictionary<string, object>[] Slices(ChargeColumns columns) => (Dictionary<string, object>[])columns.ToParameters()["slices"]!;
}
