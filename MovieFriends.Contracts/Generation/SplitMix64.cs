namespace MovieFriends.Contracts.Generation;

/// <summary>
/// A small generator whose numbers are fixed by its seed for all time, unlike a library's, so that a graph or a stream
/// that was made from a seed can be made again. After Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators" (2014). Not for secrets.
/// </summary>
public struct SplitMix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Starts one of the sequences of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="sequence">Different numbers give independent sequences.</param>
    public SplitMix64(long seed, long sequence = 0) => _state = Mix(Mix((ulong)seed + Golden) + (ulong)sequence);

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(_state += Golden);

    /// <summary>A whole number from 0 up to, not including, <paramref name="end"/>.</summary>
    /// <param name="end">At least 1.</param>
    public long Next(long end) => (long)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
