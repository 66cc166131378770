namespace MovieFriends.AppHost.Live;

/// <summary>Configuration section <c>Live</c>.</summary>
internal sealed record LiveOptions
{
    public const string Section = "Live";

    /// <summary>Seconds between two lines where output is not a terminal.</summary>
    public double IntervalSeconds { get; init; } = 10;

    public TimeSpan Interval => TimeSpan.FromSeconds(Math.Clamp(IntervalSeconds, 0.1, 3600));
}
