namespace MovieFriends.Chaos.Observing;

/// <summary>A time in which nothing was settled.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="EndedAt">When it ended or was last seen, in seconds since the faults began.</param>
internal sealed record Stall(double Seconds, double EndedAt)
{
    public static Stall None { get; } = new(0, 0);
}
