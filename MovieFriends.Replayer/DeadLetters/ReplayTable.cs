using System.Globalization;
using System.Text;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>The replay for people.</summary>
internal static class ReplayTable
{
    // A malformed message can be anything; here only its beginning matters.
    private const int MaxExample = 60;

    public static string Write(string topic, ReplayReport report, IEnumerable<string> examples)
    {
        var text = new StringBuilder("dead letters of ").AppendLine(topic);
        Row("error type", "letters", "doubles", "back before", "waiting", report.Applied ? "put back" : "would go");
        foreach (var type in report.Types)
            Row(type.ErrorType, Number(type.Letters), Number(type.Doubles), Number(type.PutBackBefore), Number(type.Waiting), Number(type.Chosen));
        if (report.CutShort > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"  letters cut short because of their size, which stay: {report.CutShort:N0}");
        if (report.OfOtherTopics > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"  letters of other topics: {report.OfOtherTopics:N0}");
        if (report.NoLetters > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"  messages without a dead letter's headers: {report.NoLetters:N0}");
        foreach (var example in examples)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {example}");
        return text.ToString().TrimEnd();

        void Row(string type, params IEnumerable<string> cells) => text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {type,-16}{string.Concat(cells.Select(cell => cell.PadLeft(13)))}");
    }

    public static string Example(DeadLetter letter, ReadOnlySpan<byte> value)
    {
        var beginning = Encoding.UTF8.GetString(value[..Math.Min(value.Length, MaxExample)]);
        var visible = string.Concat(beginning.Select(c => char.IsControl(c) ? '.' : c)) + (value.Length > MaxExample ? "..." : "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{letter.Source.ErrorType}: {letter.Source.Topic} partition {letter.Source.Partition} offset {letter.Source.Offset}: {visible} ({letter.Source.Explanation})");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
