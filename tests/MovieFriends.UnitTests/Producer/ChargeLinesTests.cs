using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Extensions;
using MovieFriends.Producer;
using MovieFriends.Producer.Sources;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

public sealed class ChargeLinesTests
{
    private const string Good = "1000000,5.84,1484261697.689981";

    [Fact]
    public async Task A_line_becomes_a_message_as_it_is()
    {
        var (values, users, _) = await ReadAsync($"{Good}\n0001000001,1e1,0\r\n", MalformedLinePolicy.Fail);

        Assert.Equal([Good, "0001000001,1e1,0"], values);
        Assert.Equal([1_000_000, 1_000_001], users);
    }

    [Fact]
    public async Task A_malformed_line_ends_the_reading_and_is_named()
    {
        using var source = new ChargeLines(Stream($"{Good}\n{Good}\nuser,amount,time\n{Good}\n"), "charges.csv", MalformedLinePolicy.Fail, NullLogger.Instance);
        var read = 0;

        await source.FillAsync(TestContext.Current.CancellationToken);
        var error = Assert.Throws<FatalException>(() =>
        {
            while (source.TryRead())
                read++;
        });

        Assert.Equal(2, read);
        Assert.StartsWith("charges.csv, line 3: The user id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Malformed_lines_can_be_left_out_and_are_counted()
    {
        var (values, _, malformed) = await ReadAsync($"a\n{Good}\n\n{new string('1', 300)}\n1,2\n", MalformedLinePolicy.Skip);

        Assert.Equal([Good], values);
        Assert.Equal(4, malformed);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("\n\r\n \t\n")]
    [InlineData("\n  ")]
    public async Task Blank_lines_at_the_end_are_passed_over(string end)
    {
        foreach (var policy in Enum.GetValues<MalformedLinePolicy>())
        {
            var (values, _, malformed) = await ReadAsync(Good + end, policy);

            Assert.Equal([Good], values);
            Assert.Equal(0, malformed);
        }
    }

    [Fact]
    public async Task A_blank_line_before_others_is_named()
    {
        var error = await Assert.ThrowsAsync<FatalException>(() => ReadAsync($"{Good}\n\n\n{Good}\n", MalformedLinePolicy.Fail));

        Assert.StartsWith("test, line 2: ", error.Message, StringComparison.Ordinal);
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<(List<string> Values, List<long> Users, long Malformed)> ReadAsync(string text, MalformedLinePolicy policy)
    {
        using var source = new ChargeLines(Stream(text), "test", policy, NullLogger.Instance);
        var values = new List<string>();
        var users = new List<long>();
        while (await source.FillAsync(TestContext.Current.CancellationToken))
        {
            while (source.TryRead())
            {
                values.Add(Encoding.UTF8.GetString(source.Value));
                users.Add(source.UserId);
            }
        }

        return (values, users, source.Malformed);
    }
}
