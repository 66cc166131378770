using CsCheck;
using MovieFriends.Contracts.Charges;
using MovieFriends.Verifier.Expected;
using Xunit;

namespace MovieFriends.UnitTests.Verifier;

public sealed class ChargeTableTests
{
    private static readonly Gen<Charge> s_charge = Gen.Select(Gen.Long[1, 60], Gen.Int[0, 4_999], Gen.Int[0, 20], (user, cents, hours) => new Charge(user, cents / 100.0, hours * 6_000.0));

    [Fact]
    public void It_holds_what_a_dictionary_would() => s_charge.Array[0, 500].Sample(charges =>
    {
        var expected = new Dictionary<long, Charge>();
        var table = new ChargeTable(capacity: 1);
        foreach (var charge in charges)
        {
            table.Add(charge);
            if (!expected.TryGetValue(charge.ChargeId, out var old) || charge.EpochSeconds >= old.EpochSeconds)
                expected[charge.ChargeId] = charge;
        }

        Assert.Equal(expected.Count, table.Count);
        Assert.Equal(expected.Select(e => (e.Key, e.Value.Amount, false)).Order(), table.Entries().Order());
        foreach (var (id, charge) in expected)
        {
            Assert.Equal((true, false), table.Mark(id, out var amount, out var time));
            Assert.Equal((charge.Amount, charge.EpochSeconds), (amount, time));
        }
    });

    [Fact]
    public void The_later_event_wins_whatever_its_offset()
    {
        var table = new ChargeTable();
        table.Add(new Charge(1, 2, 200));
        table.Add(new Charge(1, 1, 100));

        Assert.Equal([(ChargeId.Create(1, 19700101), 2.0, false)], table.Entries());
    }

    [Fact]
    public void Of_two_events_at_the_same_time_the_later_offset_wins()
    {
        var table = new ChargeTable();
        table.Add(new Charge(1, 2, 100));
        table.Add(new Charge(1, 1, 100));

        Assert.Equal([(ChargeId.Create(1, 19700101), 1.0, false)], table.Entries());
    }

    [Fact]
    public void Marks_survive_growth_and_can_be_taken_away()
    {
        var table = new ChargeTable(capacity: 1);
        table.Add(new Charge(1, 1, 0));
        var id = ChargeId.Create(1, 19700101);
        table.Mark(id, out _, out _);
        for (var user = 2; user < 1_000; user++)
            table.Add(new Charge(user, 1, 0));

        Assert.Equal((true, true), table.Mark(id, out _, out _));
        table.ClearMarks();
        Assert.Equal((true, false), table.Mark(id, out _, out _));
        Assert.Equal((false, false), table.Mark(42, out _, out _));
    }
}
