using System.Globalization;

namespace MovieFriends.Chaos.Traffic;

/// <summary>Messages that must not become charges. Each has another value, or key.</summary>
internal static class BadMessages
{
    /// <summary>Far from all users of the graph.</summary>
    private const long FirstUnknownUser = 50_000_000;

    /// <summary>Well-formed, of a user who is not in the graph.</summary>
    public static (string Key, string Value) UnknownUser(long number) => Text($"{FirstUnknownUser + number}", $"{FirstUnknownUser + number},1.5,1484222400");

    /// <summary>Wrong in one of many ways.</summary>
    public static (string Key, string Value) Malformed(long number) => (number % 8) switch
    {
        0 => Text($"1000000", $"rubbish {number}"),
        1 => Text($"1000001", $"1000001,NaN,{number}"),
        2 => Text($"1000002", $"1000002,1.5 {number}"),
        3 => Text($"1000003", $"0,{number},1484222400"),
        4 => Text($"1000004", $"1000004,{number},-1"),
        5 => Text($"1000005", $"1000005,{number},1484222400,"),
        6 => Text($"1000006", $"1000006,1,{new string('9', 300)}{number}"),
        _ => Text($"empty {number}", $""),
    };

    private static (string Key, string Value) Text(FormattableString key, FormattableString value) =>
        (key.ToString(CultureInfo.InvariantCulture), value.ToString(CultureInfo.InvariantCulture));
}
