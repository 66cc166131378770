using System.Text;
using CsCheck;
using MovieFriends.Contracts.Charges;
using MovieFriends.KafkaToNeo4j.Batching;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class MessageBatchTests
{
    private const double Noon = 1484222400; // 2017-01-12
    private const double Day = 86_400;

    [Fact]
    public void A_later_charge_of_the_same_user_and_day_takes_the_row()
    {
        var batch = Fill($"7,1,{Noon}", $"8,2,{Noon}", $"7,3,{Noon + 60}");

        Assert.Equal([7, 8], batch.Charges.Slices.SelectMany(slice => slice.UserIds));
        Assert.Equal([3, 2], batch.Charges.Slices.SelectMany(slice => slice.Amounts));
        Assert.Equal(3, batch.Count);
    }

    [Fact]
    public void An_earlier_charge_that_comes_late_does_not()
    {
        var batch = Fill($"7,1,{Noon + 60}", $"7,3,{Noon}");

        Assert.Equal([1], batch.Charges.Slices.SelectMany(slice => slice.Amounts));
    }

    [Fact]
    public void Of_equal_times_the_higher_offset_wins()
    {
        var batch = Fill($"7,1,{Noon}", $"7,3,{Noon}");

        Assert.Equal([3], batch.Charges.Slices.SelectMany(slice => slice.Amounts));
    }

    [Fact]
    public void Another_day_is_another_row()
    {
        var batch = Fill($"7,1,{Noon}", $"7,3,{Noon + Day}");

        Assert.Equal(["2017-01-12", "2017-01-13"], batch.Charges.Slices.SelectMany(slice => slice.Dates));
        Assert.Equal([720170112, 720170113], batch.Charges.Slices.SelectMany(slice => slice.ChargeIds));
    }

    [Fact]
    public void Malformed_messages_have_no_row_but_their_offset_and_bytes()
    {
        var batch = Fill($"7,1,{Noon}", "rubbish");

        Assert.Equal(1, batch.Malformed);
        Assert.Equal(1, batch.Charges.Count);
        var message = batch.Messages[1];
        Assert.Equal((11, -1, ChargeFormatError.FieldCount.Describe()), (message.Offset, message.Row, message.Error));
        Assert.Equal("rubbish", Encoding.UTF8.GetString(batch.ValueOf(message)));
        Assert.Equal("key", Encoding.UTF8.GetString(batch.KeyOf(message)));
    }

    [Fact]
    public void It_covers_the_offsets_from_the_position_before_it_to_the_last_message()
    {
        var batch = ChargeStream.NewBatch(10);
        batch.Add(position: 5, offset: 9, [], "7,1,1"u8, default);
        batch.Add(position: 10, offset: 12, [], "8,1,1"u8, default);

        Assert.Equal((5, 13), (batch.FromOffset, batch.NextOffset));
    }

    [Fact]
    public void The_rows_are_what_applying_the_messages_one_by_one_gives() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 3], Gen.Int[0, 99]).List[1, 300].Sample(messages =>
        {
            var expected = new Dictionary<long, (double Time, double Amount)>();
            var batch = ChargeStream.NewBatch(messages.Count);
            for (var i = 0; i < messages.Count; i++)
            {
                var (user, half, amount) = messages[i];
                var charge = new Charge(user, amount, Noon + (half * Day / 2));
                if (!expected.TryGetValue(charge.ChargeId, out var known) || charge.EpochSeconds >= known.Time)
                    expected[charge.ChargeId] = (charge.EpochSeconds, charge.Amount);
                batch.Add(i, i, [], Encode(charge), default);
            }

            var rows = batch.Charges.Slices.SelectMany(slice => slice.ChargeIds.Select((id, row) => (id, (slice.CreatedDates[row], slice.Amounts[row]))));
            return rows.OrderBy(r => r.id).SequenceEqual(expected.Select(e => (e.Key, e.Value)).OrderBy(e => e.Key));
        });

    [Fact]
    public void Its_halves_have_the_same_messages_and_offsets_without_a_gap()
    {
        var (first, second) = Fill($"1,1,{Noon}", "rubbish", $"3,1,{Noon}", $"3,2,{Noon}", $"5,1,{Noon}").Split();

        Assert.Equal((10, 12), (first.FromOffset, first.NextOffset));
        Assert.Equal((12, 15), (second.FromOffset, second.NextOffset));
        Assert.Equal((2, 1), (first.Count, first.Malformed));
        Assert.Equal([3, 5], second.Charges.Slices.SelectMany(slice => slice.UserIds));
        Assert.Equal([2, 1], second.Charges.Slices.SelectMany(slice => slice.Amounts));
    }

    [Fact]
    public void Adding_to_a_batch_that_has_been_full_before_allocates_nothing()
    {
        var batch = ChargeStream.NewBatch(1000);
        var value = "1000000,5.84,1484261697.689981"u8.ToArray();
        Fill(batch);
        batch.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill(batch);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Fill(MessageBatch target)
        {
            for (var i = 0; i < 1000; i++)
                target.Add(i, i, [], value, default);
        }
    }

    private static MessageBatch Fill(params string[] values)
    {
        var batch = ChargeStream.NewBatch(values.Length);
        for (var i = 0; i < values.Length; i++)
            batch.Add(10 + i, 10 + i, "key"u8, Encoding.UTF8.GetBytes(values[i]), default);
        return batch;
    }

    private static byte[] Encode(Charge charge)
    {
        var buffer = new byte[ChargeCodec.MaxEncodedLength];
        return buffer[..ChargeCodec.Write(charge, buffer)];
    }
}
