using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MovieFriends.AppHost.Servers;

/// <summary>How many partitions a topic gets that the broker creates by itself.</summary>
internal static class TopicPartitions
{
    public const string Key = "Topics:Partitions";
    private const int Default = 4;
    private const int Most = 10_000;

    /// <exception cref="StartRefusedException">The value is not a number from 1 to 10,000.</exception>
    public static int From(IConfiguration configuration)
    {
        if (configuration[Key] is not { Length: > 0 } value)
        {
            return Default;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var partitions) && partitions is >= 1 and <= Most
            ? partitions
            : throw new StartRefusedException($"{Key}: '{value}' is not allowed; a whole number from 1 to {Most} is");
    }
}
