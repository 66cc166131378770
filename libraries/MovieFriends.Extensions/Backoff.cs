namespace MovieFriends.Extensions;

/// <summary>Waiting times between attempts: about 10 ms first, doubled each time up to 30 s, each with jitter so that rivals do not meet again.</summary>
public static class Backoff
{
    /// <summary>The first wait, before jitter.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(10);

    /// <summary>No wait is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before an attempt is repeated.</summary>
    /// <param name="failures">How many attempts have failed in a row; from 1.</param>
    /// <param name="random">From 0 up to 1.</param>
    /// <returns>Between a half and the whole of the doubled time.</returns>
    public static TimeSpan After(int failures, double random)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 20));
        return (doubled < Longest ? doubled : Longest) * (0.5 + (random / 2));
    }
}
