using MovieFriends.Contracts.Charges;
using MovieFriends.Verifier.Comparison;
using MovieFriends.Verifier.Expected;
using Xunit;

namespace MovieFriends.UnitTests.Verifier;

public sealed class GraphComparisonTests
{
    private const int Day = 19700101;
    private static readonly HashSet<long> s_none = [];

    [Fact]
    public void A_graph_with_every_charge_agrees()
    {
        var comparison = Compare(Expect(1, 2, 3), (1, 1, 0), (2, 2, 0), (3, 3, 0));

        var result = Finish(comparison, s_none);

        Assert.True(result.Agree);
        Assert.Equal((3, 3, 6.0, 0.0), (result.Expected, result.Found, result.ExpectedSum, result.AmountDifference));
    }

    [Fact]
    public void A_missing_charge_is_named()
    {
        var result = Finish(Compare(Expect(1, 2), (1, 1, 0)), s_none);

        Assert.False(result.Agree);
        Assert.Equal([Id(2)], result.Missing);
        Assert.Equal((2, 1, -2.0), (result.Expected, result.Found, result.AmountDifference));
    }

    [Theory]
    [InlineData(5, 0, 4)]
    [InlineData(1, 7, 0)]
    public void Another_amount_or_time_is_a_difference(double amount, double time, double difference)
    {
        var result = Finish(Compare(Expect(1), (1, amount, time)), s_none);

        Assert.False(result.Agree);
        Assert.Equal([Id(1)], result.Different);
        Assert.Equal(difference, result.AmountDifference);
    }

    [Fact]
    public void A_charge_that_no_message_makes_is_unexpected()
    {
        var result = Finish(Compare(Expect(1), (1, 1, 0), (9, 3, 0)), s_none);

        Assert.False(result.Agree);
        Assert.Equal([Id(9)], result.Unexpected);
        Assert.Equal((1, 2, 3.0), (result.Expected, result.Found, result.AmountDifference));
    }

    [Fact]
    public void A_doubled_charge_is_unexpected() =>
        Assert.Equal([Id(1)], Finish(Compare(Expect(1), (1, 1, 0), (1, 1, 0)), s_none).Unexpected);

    [Fact]
    public void Nobody_expects_charges_of_unknown_users()
    {
        var comparison = Compare(Expect(1, 2), (1, 1, 0));

        var result = Finish(comparison, s_none, unknownUser: 2);

        Assert.True(result.Agree);
        Assert.Equal((1, 1, 1L, 1.0, 0.0), (result.Expected, result.Found, result.UnknownUsers, result.ExpectedSum, result.AmountDifference));
    }

    [Fact]
    public void Charges_that_changed_meanwhile_are_not_judged()
    {
        // 1 is as it was, 2 was replaced, 3 is not there yet, 4 is new.
        var comparison = Compare(Expect(1, 2, 3), (1, 1, 0), (2, 9, 9), (4, 4, 0));

        var result = Finish(comparison, [Id(2), Id(3), Id(4)]);

        Assert.True(result.Agree);
        Assert.Equal((1, 1, 3L), (result.Expected, result.Found, result.Changed));
        Assert.Equal((1.0, 0.0), (result.ExpectedSum, result.AmountDifference));
    }

    [Fact]
    public void A_topic_without_its_beginning_says_nothing_about_other_charges()
    {
        var comparison = Compare(Expect(1), (1, 1, 0), (9, 3, 0));

        var result = Finish(comparison, s_none, topicIsAll: false);

        Assert.True(result.Agree);
        Assert.Equal((1, 1, 1L, 0.0), (result.Expected, result.Found, result.NotJudged, result.AmountDifference));
    }

    [Fact]
    public void A_later_event_may_be_a_lost_message_s_and_an_earlier_one_or_a_double_may_not()
    {
        var comparison = Compare(Expect(1, 2, 3), (1, 5, 9), (2, 5, -9), (3, 3, 0), (3, 3, 0));

        var result = Finish(comparison, s_none, topicIsAll: false);

        Assert.Equal((1L, Id(2), Id(3)), (result.NotJudged, Assert.Single(result.Different), Assert.Single(result.Unexpected)));
    }

    [Fact]
    public void An_amount_that_is_no_number_is_a_difference_and_spoils_no_sum()
    {
        var result = Finish(Compare(Expect(1, 2), (1, double.NaN, 0), (2, 2, 0)), s_none);

        Assert.Equal((Id(1), -1.0), (Assert.Single(result.Different), result.AmountDifference));
    }

    [Fact]
    public void A_second_attempt_starts_afresh()
    {
        var expected = Expect(1);
        Compare(expected, (1, 1, 0));

        Assert.Empty(Finish(Compare(expected, (1, 1, 0)), s_none).Unexpected);
    }

    [Fact]
    public void Small_amounts_are_not_lost_in_a_large_sum()
    {
        var sum = default(CompensatedSum);
        sum.Add(1e16);
        for (var i = 0; i < 1_000; i++)
            sum.Add(0.01);
        sum.Add(-1e16);

        Assert.Equal(10, sum.Value, tolerance: 1e-9);
    }

    private static long Id(long user) => ChargeId.Create(user, Day);

    /// <summary>Charges of some users, each of as many dollars as the user's number.</summary>
    private static ChargeTable Expect(params long[] users)
    {
        var table = new ChargeTable();
        foreach (var user in users)
            table.Add(new Charge(user, user, 0));
        return table;
    }

    private static GraphComparison Compare(ChargeTable expected, params (long User, double Amount, double Time)[] graph)
    {
        var comparison = new GraphComparison(expected);
        foreach (var (user, amount, time) in graph)
            comparison.Visit(Id(user), amount, time);
        return comparison;
    }

    private static ComparisonResult Finish(GraphComparison comparison, HashSet<long> changed, long unknownUser = 0, bool topicIsAll = true)
    {
        var unseen = new UnseenCharges();
        foreach (var (chargeId, amount) in comparison.Unseen(changed))
            unseen.Add(chargeId, amount, userIsKnown: ChargeId.UserIdOf(chargeId) != unknownUser);
        return comparison.Finish(changed, unseen, topicIsAll);
    }
}
