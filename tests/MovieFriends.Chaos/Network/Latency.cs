namespace MovieFriends.Chaos.Network;

/// <summary>For how long bytes are held.</summary>
/// <param name="Least">At least so long.</param>
/// <param name="Jitter">Up to so much longer.</param>
internal readonly record struct Latency(TimeSpan Least, TimeSpan Jitter)
{
    public TimeSpan Next() => Least + (Jitter * Random.Shared.NextDouble());
}
