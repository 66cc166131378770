namespace MovieFriends.UnitTests.PublicApi;

/// <summary>Lines that are in one text alone, each below the last line that stayed.</summary>
internal static class LineDifference
{
    public static string Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var common = LengthsOfCommonLines(before, after);
        var difference = new List<string>();
        var shown = -1;
        var (b, a) = (0, 0);
        while (b < before.Count || a < after.Count)
        {
            if (b < before.Count && a < after.Count && before[b] == after[a])
            {
                (b, a) = (b + 1, a + 1);
                continue;
            }

            if (b > 0 && shown != b - 1 && difference.LastOrDefault()?.StartsWith('-') != true)
                difference.Add($"  {before[b - 1]}");
            if (a < after.Count && (b == before.Count || common[b, a + 1] > common[b + 1, a]))
                difference.Add($"+ {after[a++]}");
            else
                difference.Add($"- {before[b++]}");
            shown = b - 1;
        }

        return string.Join(Environment.NewLine, difference);
    }

    /// <summary>How many lines both have in common, in their order, from a line of each to its end.</summary>
    private static int[,] LengthsOfCommonLines(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var lengths = new int[before.Count + 1, after.Count + 1];
        for (var b = before.Count - 1; b >= 0; b--)
        {
            for (var a = after.Count - 1; a >= 0; a--)
                lengths[b, a] = before[b] == after[a] ? lengths[b + 1, a + 1] + 1 : Math.Max(lengths[b + 1, a], lengths[b, a + 1]);
        }

        return lengths;
    }
}
