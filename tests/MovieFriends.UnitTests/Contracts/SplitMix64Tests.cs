using CsCheck;
using MovieFriends.Contracts.Generation;
using Xunit;

namespace MovieFriends.UnitTests.Contracts;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Its_numbers_stay_the_same_for_all_time()
    {
        var random = new SplitMix64(20170112, 3);

        ulong[] numbers = [random.Next(), random.Next(), random.Next()];

        Assert.Equal([0x78A450A895D35DBE, 0xB4617379AE6DF650, 0xF37F32E24655FCB1], numbers);
    }

    [Fact]
    public void Numbers_stay_below_the_end_and_reach_both_sides() =>
        Gen.Select(Gen.Long, Gen.Int[1, 50]).Sample((seed, end) =>
        {
            var random = new SplitMix64(seed);
            var numbers = Enumerable.Range(0, 2_000).Select(_ => random.Next(end)).ToHashSet();
            return numbers.Min() == 0 && numbers.Max() == end - 1;
        });

    [Fact]
    public void Fractions_are_spread_evenly()
    {
        var random = new SplitMix64(1);
        var tenths = new int[10];

        for (var i = 0; i < 100_000; i++)
            tenths[(int)(random.NextDouble() * 10)]++;

        Assert.All(tenths, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Sequences_of_one_seed_differ()
    {
        var first = new SplitMix64(1, 1);
        var second = new SplitMix64(1, 2);

        Assert.NotEqual(first.Next(), second.Next());
    }
}
