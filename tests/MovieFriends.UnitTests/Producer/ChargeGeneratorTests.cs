using System.Text;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.Contracts.Charges;
using MovieFriends.Producer;
using MovieFriends.Producer.Sources;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

public sealed class ChargeGeneratorTests
{
    private static readonly ProducerOptions s_load = new() { Messages = 1_000, Users = 1_000, StartTime = new DateTimeOffset(2017, 1, 12, 0, 0, 0, TimeSpan.Zero) };

    [Fact]
    public async Task A_load_charges_each_user_once_on_one_day()
    {
        var charges = await ReadAsync(s_load, 2_000);

        Assert.Equal(1_000, charges.Count);
        Assert.Equal(Enumerable.Range(1_000_000, 1_000).Select(id => (long)id), charges.Select(c => c.UserId));
        Assert.All(charges, charge => Assert.Equal(20170112, charge.Day));
    }

    [Fact]
    public async Task More_messages_than_users_begin_with_the_first_user_again()
    {
        var charges = await ReadAsync(s_load with { Messages = 2_500 }, 3_000);

        Assert.Equal([3, 2], charges.CountBy(c => c.UserId).Select(c => c.Value).Distinct());
        Assert.True(charges[2_000].EpochSeconds > charges[1_000].EpochSeconds, "A later message has a later event time.");
    }

    [Fact]
    public async Task Amounts_are_whole_cents_from_0_to_49_99()
    {
        var cents = (await ReadAsync(s_load with { Messages = 50_000 }, 50_000)).ConvertAll(c => c.Amount * 100);

        Assert.All(cents, c => Assert.Equal(Math.Round(c), c, tolerance: 1e-9));
        Assert.Equal((0, 4_999), (Math.Round(cents.Min()), Math.Round(cents.Max())));
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_messages()
    {
        var first = await ReadAsync(s_load, 1_000);

        Assert.Equal(first, await ReadAsync(s_load, 1_000));
        Assert.NotEqual(first, await ReadAsync(s_load with { Seed = 2 }, 1_000));
    }

    [Fact]
    public async Task A_live_stream_has_no_end_and_stays_within_the_users()
    {
        var charges = await ReadAsync(s_load with { Mode = ProducerMode.Live, Messages = 10, Users = 100 }, 5_000);

        Assert.Equal(5_000, charges.Count);
        Assert.Equal(100, charges.Select(c => c.UserId).Distinct().Count());
        Assert.All(charges, charge => Assert.InRange(charge.UserId, 1_000_000, 1_000_099));
    }

    [Fact]
    public async Task Live_event_times_follow_the_clock()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1484179200));
        using var source = new ChargeGenerator(new ProducerOptions { Mode = ProducerMode.Live }, time);
        await source.FillAsync(TestContext.Current.CancellationToken);

        source.TryRead();
        var first = Parse(source.Value);
        time.Advance(TimeSpan.FromSeconds(90));
        source.TryRead();

        Assert.Equal((1484179200, 1484179290), (first.EpochSeconds, Parse(source.Value).EpochSeconds));
    }

    [Fact]
    public void A_value_has_the_length_of_the_article_s_messages()
    {
        using var source = new ChargeGenerator(s_load with { StartTime = DateTimeOffset.FromUnixTimeMilliseconds(1484261697689) }, new FakeTimeProvider());
        source.TryRead();
        source.TryRead();

        Assert.Matches(@"^1000001,\d+(\.\d+)?,1484261697\.689001$", Encoding.UTF8.GetString(source.Value));
    }

    private static async Task<List<Charge>> ReadAsync(ProducerOptions options, int atMost)
    {
        using var source = new ChargeGenerator(options, new FakeTimeProvider());
        var charges = new List<Charge>();
        while (charges.Count < atMost && await source.FillAsync(TestContext.Current.CancellationToken))
        {
            while (charges.Count < atMost && source.TryRead())
            {
                charges.Add(Parse(source.Value));
                Assert.Equal(charges[^1].UserId, source.UserId);
            }
        }

        return charges;
    }

    private static Charge Parse(ReadOnlySpan<byte> value)
    {
        Assert.Equal(ChargeFormatError.None, ChargeCodec.Parse(value, out var charge));
        return charge;
    }
}
