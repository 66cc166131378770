using System.Collections.Concurrent;
using System.Globalization;

namespace MovieFriends.Contracts.Charges;

/// <summary>UTC days as the number <c>yyyyMMdd</c>, and their text in the graph.</summary>
public static class UtcDay
{
    private const int SecondsPerDay = 86_400;

    // A stream touches few days; their texts are made once, not once per charge.
    private static readonly ConcurrentDictionary<int, string> s_texts = new();

    /// <summary>The day of an event.</summary>
    /// <param name="epochSeconds">Seconds since 1970-01-01 UTC, from 0 to the end of the year 9999.</param>
    public static int FromEpochSeconds(double epochSeconds)
    {
        var date = DateOnly.FromDayNumber(s_epochDayNumber + (int)(epochSeconds / SecondsPerDay));
        return (date.Year * 10_000) + (date.Month * 100) + date.Day;
    }

    /// <summary>The day as <c>yyyy-MM-dd</c>: the property <c>date</c> of a charge.</summary>
    /// <param name="day">The day as <c>yyyyMMdd</c>.</param>
    public static string ToText(int day) => s_texts.GetOrAdd(
        day,
        static d => string.Create(CultureInfo.InvariantCulture, $"{d / 10_000:0000}-{d / 100 % 100:00}-{d % 100:00}"));

    private static readonly int s_epochDayNumber = new DateOnly(1970, 1, 1).DayNumber;
}
