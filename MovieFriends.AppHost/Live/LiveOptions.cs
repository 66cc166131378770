using System.ComponentModel.DataAnnotations;

namespace MovieFriends.AppHost.Live;

/// <summary>Configuration section <c>Live</c>.</summary>
internal sealed record LiveOptions
{
    public const string Section = "Live";

    /// <summary>Seconds between two lines where output is not a terminal, 0.1 to 3600.</summary>
    [Range(0.1, 3600, ErrorMessage = "must be a number of seconds from 0.1 to 3600.")]
    public double IntervalSeconds { get; init; } = 10;
}
