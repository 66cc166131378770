using System.Globalization;

namespace MovieFriends.Contracts.Charges;

/// <summary>UTC days as the number <c>yyyyMMdd</c>, and their text in the graph.</summary>
public static class UtcDay
{
    private const int SecondsPerDay = 86_400;

    // A power of two, and more than the days of a year: those of one stream share no place.
    private const int Places = 512;

    // A stream touches few days; their texts are made once, not once per charge. Each place keeps the text of one day, so that messages
    // with times from all centuries do not fill the memory.
    private static readonly Entry?[] s_texts = new Entry?[Places];

    private static readonly int s_epochDayNumber = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The day of an event.</summary>
    /// <param name="epochSeconds">Seconds since 1970-01-01 UTC, from 0 to the end of the year 9999.</param>
    public static int FromEpochSeconds(double epochSeconds)
    {
        var date = DateOnly.FromDayNumber(s_epochDayNumber + (int)(epochSeconds / SecondsPerDay));
        return (date.Year * 10_000) + (date.Month * 100) + date.Day;
    }

    /// <summary>The day as <c>yyyy-MM-dd</c>: the property <c>date</c> of a charge.</summary>
    /// <param name="day">The day as <c>yyyyMMdd</c>.</param>
    public static string ToText(int day)
    {
        // 32 days for each of 16 months.
        ref var place = ref s_texts[((day / 100 % 100 * 32) + (day % 100)) & (Places - 1)];
        var entry = Volatile.Read(ref place);
        if (entry?.Day == day)
            return entry.Text;

        var text = string.Create(CultureInfo.InvariantCulture, $"{day / 10_000:0000}-{day / 100 % 100:00}-{day % 100:00}");
        Volatile.Write(ref place, new Entry(day, text));
        return text;
    }

    private sealed record Entry(int Day, string Text);
}
