using System.Globalization;
using System.Text;
using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Replayer.Ledger;

/// <summary>The moves for people.</summary>
internal static class RewindTable
{
    public static string Write(string topic, RewindReport report)
    {
        var text = new StringBuilder("ledger of ").AppendLine(topic);
        Row("partition", "earliest", "latest", "from", "to", "read again", "skipped");
        foreach (var move in report.Partitions)
        {
            Row(
                move.Partition.ToString(CultureInfo.InvariantCulture),
                Number(move.Earliest),
                Number(move.Latest),
                move.From is { } from ? Number(from) : "none",
                Number(move.To),
                Number(move.ReadAgain),
                Number(move.Skipped));
        }

        return text.ToString().TrimEnd();

        void Row(string partition, params IEnumerable<string> cells) => text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {partition,-10}{string.Concat(cells.Select(cell => cell.PadLeft(14)))}");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
