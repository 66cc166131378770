using System.Globalization;
using Microsoft.Extensions.Configuration;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.Live;

/// <summary>Configuration section <c>Live</c>.</summary>
internal sealed record LiveOptions
{
    public const string IntervalKey = "Live:IntervalSeconds";
    private const double Least = 0.1;
    private const double Most = 3600;

    /// <summary>Time between two lines where output is not a terminal.</summary>
    public TimeSpan Interval { get; private init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="StartRefusedException">The value is not a number from 0.1 to 3,600.</exception>
    public static LiveOptions From(IConfiguration configuration)
    {
        if (configuration[IntervalKey] is not { Length: > 0 } value)
            return new();

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= Least and <= Most
            ? new LiveOptions { Interval = TimeSpan.FromSeconds(seconds) }
            : throw new StartRefusedException(string.Create(CultureInfo.InvariantCulture, $"{IntervalKey}: '{value}' is not allowed; a number of seconds from {Least} to {Most} is"));
    }
}
