using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Contracts.Rentals;
using MovieFriends.Extensions;
using MovieFriends.Producer;
using MovieFriends.Producer.Sources;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

public sealed class RentalSourceTests
{
    private const string Good = """{"userId":1000017,"movieId":4711,"at":1484179200.25}""";

    private static readonly ProducerOptions s_options = new()
    {
        Events = ProducerEvents.Rentals,
        Messages = 2_000,
        Users = 1_000,
        Movies = 50,
        StartTime = new DateTimeOffset(2017, 1, 12, 0, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public async Task The_generator_lets_each_user_in_turn_rent_one_of_the_movies()
    {
        using var source = new RentalGenerator(s_options, TimeProvider.System);

        var rentals = await ReadAsync(source);

        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => 1_000_000L + (i % 1_000)), rentals.Select(r => r.UserId));
        Assert.Equal(Enumerable.Range(1, 50).Select(id => (long)id), rentals.Select(r => r.MovieId).Distinct().Order());
        Assert.Equal(2_000, rentals.Select(r => r.At).Distinct().Count());
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_rentals()
    {
        using var first = new RentalGenerator(s_options, TimeProvider.System);
        using var second = new RentalGenerator(s_options, TimeProvider.System);
        using var other = new RentalGenerator(s_options with { Seed = 2 }, TimeProvider.System);

        var rentals = await ReadAsync(first);

        Assert.Equal(rentals, await ReadAsync(second));
        Assert.NotEqual(rentals, await ReadAsync(other));
    }

    [Fact]
    public async Task A_line_of_a_file_becomes_a_message_as_it_is_with_its_user_as_the_key()
    {
        using var source = Lines($"{Good}\n{{ \"at\": 1, \"movieId\": 2, \"userId\": 3 }}\n\n", MalformedLinePolicy.Fail);

        var rentals = await ReadAsync(source);

        Assert.Equal([new Rental(1_000_017, 4_711, 1484179200.25), new Rental(3, 2, 1)], rentals);
        Assert.Equal(3, source.UserId);
    }

    [Fact]
    public async Task A_line_that_is_no_rental_ends_the_reading_or_is_left_out_and_counted()
    {
        using var strict = Lines($"{Good}\n1000017,5.84,1484261697\n", MalformedLinePolicy.Fail);
        using var lenient = Lines($"{Good}\n1000017,5.84,1484261697\n{Good}\n", MalformedLinePolicy.Skip);

        var error = await Assert.ThrowsAsync<FatalException>(() => ReadAsync(strict));

        Assert.StartsWith("rentals.json, line 2: It is not the JSON of a rental", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadAsync(lenient)).Count);
        Assert.Equal(1, lenient.Malformed);
    }

    private static RentalLines Lines(string text, MalformedLinePolicy policy) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rentals.json", policy, NullLogger.Instance);

    private static async Task<List<Rental>> ReadAsync(IEventSource source)
    {
        var rentals = new List<Rental>();
        while (await source.FillAsync(TestContext.Current.CancellationToken))
        {
            while (source.TryRead())
            {
                var rental = RentalJson.Read(source.Value, out var error);
                Assert.True(rental is not null, error);
                Assert.Equal(source.UserId, rental.UserId);
                rentals.Add(rental);
            }
        }

        return rentals;
    }
}
