using MovieFriends.Producer;
using MovieFriends.Producer.Sources;

namespace MovieFriends.MicroBenchmarks;

/// <summary>Messages as the producer makes them.</summary>
internal static class Values
{
    /// <summary>Charges of as many users, in turn, of one day.</summary>
    public static byte[][] Generate(int count)
    {
        using var source = Source(count);
        var values = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            source.TryRead();
            values[i] = source.Value.ToArray();
        }

        return values;
    }

    public static ChargeGenerator Source(long count) => new(
        new ProducerOptions { Mode = ProducerMode.Load, Messages = count, Users = count, StartTime = new DateTimeOffset(2017, 1, 12, 12, 0, 0, TimeSpan.Zero) },
        TimeProvider.System);
}
