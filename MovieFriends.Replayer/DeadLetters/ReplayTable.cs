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
        Row("error type", "dead letters", "doubles", "back before", "waiting", report.Applied ? "put back" : "would go");
        foreach (var type in report.Types)
            Row(type.ErrorType, Number(type.DeadLetters), Number(type.Doubles), Number(type.PutBackBefore), Number(type.Waiting), Number(type.Chosen));
        if (report.CutShort > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"  dead letters cut short because of their size, which stay: {report.CutShort:N0}");
        if (report.OfOtherTopics > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"  dead letters of other topics: {report.OfOtherTopics:N0}");
        if (report.WithoutHeaders > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"  messages without a dead letter's headers: {report.WithoutHeaders:N0}");
        foreach (var example in examples)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {example}");
        return text.ToString().TrimEnd();

        void Row(string type, params IEnumerable<string> cells) => text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {type,-16}{string.Concat(cells.Select(cell => cell.PadLeft(13)))}");
    }

    public static string Example(DeadLetter deadLetter, ReadOnlySpan<byte> value)
    {
        var beginning = Encoding.UTF8.GetString(value[..Math.Min(value.Length, MaxExample)]);
        var visible = string.Concat(beginning.Select(c => char.IsControl(c) ? '.' : c)) + (value.Length > MaxExample ? "..." : "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{deadLetter.Source.ErrorType}: {deadLetter.Source.Topic} partition {deadLetter.Source.Partition} offset {deadLetter.Source.Offset}: {visible} ({deadLetter.Source.Explanation})");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
