using System.Text;
using MovieFriends.Contracts.Rentals;
using Xunit;

namespace MovieFriends.UnitTests.Contracts;

public sealed class RentalJsonTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        var buffer = new byte[RentalJson.MaxEncodedLength];
        var length = RentalJson.Write((1_000_017, 4_711, 1484179200.25), buffer);

        Assert.Equal("""{"userId":1000017,"movieId":4711,"at":1484179200.25}""", Encoding.UTF8.GetString(buffer, 0, length));
        Assert.Equal(new Rental(1_000_017, 4_711, 1484179200.25), RentalJson.Read(buffer.AsSpan(0, length), out _));
    }

    [Fact]
    public void The_longest_rental_fits_into_the_buffer()
    {
        var rental = (UserId: long.MinValue, MovieId: long.MinValue, At: -1.2345678901234567E+300);
        var length = RentalJson.Write(rental, new byte[RentalJson.MaxEncodedLength]);

        Assert.InRange(length, 1, RentalJson.MaxEncodedLength);
    }

    [Theory]
    [InlineData("", "It is not the JSON of a rental: ")]
    [InlineData("1000017,4711,1484179200", "It is not the JSON of a rental: ")]
    [InlineData("{}", "It is not the JSON of a rental: ")]
    [InlineData("""{"userId":1000017,"at":1484179200}""", "It is not the JSON of a rental: ")]
    [InlineData("""{"userId":"1000017","movieId":4711,"at":1484179200}""", "It is not the JSON of a rental: ")]
    [InlineData("""{"userId":null,"movieId":4711,"at":1484179200}""", "It is not the JSON of a rental: ")]
    [InlineData("null", "It is null, not a rental.")]
    [InlineData("""{"userId":1000017,"movieId":4711,"at":1e300}""", "Its time is not one of the years 1 to 9999.")]
    public void What_is_no_rental_is_told_in_one_line(string value, string reason)
    {
        Assert.Null(RentalJson.Read(Encoding.UTF8.GetBytes(value), out var error));
        Assert.StartsWith(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }
}
