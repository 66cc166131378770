using MovieFriends.Contracts.Rentals;
using MovieFriends.Verifier.Rentals;
using Xunit;

namespace MovieFriends.UnitTests.Verifier;

public sealed class RentalComparisonTests
{
    private static readonly Rental s_first = new(1, 10, 100.5);
    private static readonly Rental s_second = new(2, 10, 100.5);

    private readonly RentalComparison _comparison = new();

    [Fact]
    public void A_graph_with_each_rental_as_often_as_there_are_messages_agrees()
    {
        Graph(s_first, s_second, s_first);
        Topic(s_second, s_first, s_first);

        Assert.Empty(_comparison.Unseen);
        Assert.Empty(_comparison.Surplus);
        Assert.Equal((3, 3), (_comparison.Expected, _comparison.Found));
    }

    [Fact]
    public void A_rental_that_the_graph_lacks_is_unseen_once_for_each_message()
    {
        Graph(s_second);
        Topic(s_first, s_first, s_second);

        Assert.Equal([s_first, s_first], _comparison.Unseen);
        Assert.Empty(_comparison.Surplus);
    }

    [Fact]
    public void A_rental_that_is_there_twice_for_one_message_is_surplus()
    {
        Graph(s_first, s_first);
        Topic(s_first);

        Assert.Equal([s_first], _comparison.Surplus);
        Assert.Empty(_comparison.Unseen);
    }

    [Fact]
    public void A_rental_with_another_time_is_another_rental()
    {
        Graph(s_first with { At = 7 });
        Topic(s_first);

        Assert.Equal([s_first], _comparison.Unseen);
        Assert.Equal([s_first with { At = 7 }], _comparison.Surplus);
    }

    [Fact]
    public void A_message_that_came_meanwhile_may_be_in_the_graph_or_not()
    {
        Graph(s_first, s_second);
        Topic(s_first);

        _comparison.Allow(new(s_second));
        _comparison.Allow(new(s_second with { UserId = 3 }));

        Assert.Empty(_comparison.Surplus);
        Assert.Empty(_comparison.Unseen);
        Assert.Equal((1, 1), (_comparison.Expected, _comparison.Found));
    }

    [Fact]
    public void A_message_that_is_no_rental_is_counted_apart()
    {
        _comparison.Expect(new(null));
        _comparison.Allow(new(null));

        Assert.Equal((0, 1), (_comparison.Expected, _comparison.Malformed));
    }

    private void Graph(params Rental[] rentals) => Array.ForEach(rentals, _comparison.Visit);

    private void Topic(params Rental[] rentals) => Array.ForEach(rentals, rental => _comparison.Expect(new(rental)));
}
