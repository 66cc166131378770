using System.ComponentModel.DataAnnotations;

namespace MovieFriends.Extensions;

/// <summary>Configuration section <c>Progress</c>.</summary>
public sealed record ProgressOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Progress";

    /// <summary>Seconds between two progress lines.</summary>
    [Range(0.1, 3600)]
    public double IntervalSeconds { get; init; } = 5;

    /// <summary>The same as a time span.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(IntervalSeconds);
}
