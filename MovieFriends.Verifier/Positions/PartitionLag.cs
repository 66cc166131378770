using System.Globalization;
using System.Text;

namespace MovieFriends.Verifier.Positions;

/// <summary>One partition and its ledger.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Earliest">The first offset that is there.</param>
/// <param name="Latest">The offset after the last one, when the verifier started.</param>
/// <param name="Ledger">The next offset according to the graph; none before the first batch.</param>
internal sealed record PartitionLag(int Partition, long Earliest, long Latest, long? Ledger)
{
    /// <summary>Messages that are not in the graph yet.</summary>
    public long Lag => Math.Max(0, Latest - Math.Max(Earliest, Ledger ?? 0));

    /// <summary>Messages that the topic has lost before the ledger had passed them: they are in no graph. None before the first batch, which begins with what is there.</summary>
    public long Gone => Ledger is { } ledger ? Math.Max(0, Earliest - ledger) : 0;

    /// <summary>Partitions as the lines of a table.</summary>
    public static StringBuilder Table(IEnumerable<PartitionLag> lags)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"  {"partition",-10}{"earliest",14}{"latest",14}{"ledger",14}{"lag",14}");
        foreach (var lag in lags)
        {
            var ledger = lag.Ledger?.ToString("N0", CultureInfo.InvariantCulture) ?? "none";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {lag.Partition,-10}{lag.Earliest,14:N0}{lag.Latest,14:N0}{ledger,14}{lag.Lag,14:N0}");
        }

        return text;
    }
}
