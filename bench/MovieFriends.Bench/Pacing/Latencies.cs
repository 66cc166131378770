using System.Diagnostics;

namespace MovieFriends.Bench.Pacing;

/// <summary>How long messages took to be seen in the graph, in milliseconds, and how many were never seen there.</summary>
/// <param name="Milliseconds">All of them in ascending order; of one that was not seen, how long it had waited when the looking ended.</param>
/// <param name="Unseen">How many were not seen.</param>
internal sealed record Latencies(IReadOnlyList<double> Milliseconds, long Unseen)
{
    /// <param name="sent">The messages that count.</param>
    /// <param name="steps">What was seen, in the order of time.</param>
    /// <param name="ended">When the looking ended, as a timestamp of <see cref="Stopwatch"/>.</param>
    public static Latencies Of(IEnumerable<(int Partition, long Offset, SentCharge Charge)> sent, IEnumerable<CommitStep> steps, long ended)
    {
        var milliseconds = new List<double>();
        var unseen = 0L;
        var stepsOf = steps.ToLookup(step => step.Partition);
        foreach (var partition in sent.GroupBy(message => message.Partition))
        {
            using var step = stepsOf[partition.Key].GetEnumerator();
            var isThere = step.MoveNext();
            foreach (var (_, offset, charge) in partition.OrderBy(message => message.Offset))
            {
                while (isThere && step.Current.NextOffset <= offset)
                    isThere = step.MoveNext();
                if (!isThere)
                    unseen++;
                milliseconds.Add(Stopwatch.GetElapsedTime(charge.Due, isThere ? step.Current.SeenAt : ended).TotalMilliseconds);
            }
        }

        milliseconds.Sort();
        return new Latencies(milliseconds, unseen);
    }

    /// <summary>So many percent of all messages took no longer, in milliseconds.</summary>
    /// <param name="percent">Above 0, up to 100.</param>
    /// <exception cref="InvalidOperationException">There are no messages.</exception>
    public double Percentile(double percent) => Milliseconds.Count > 0
        ? Milliseconds[(int)Math.Ceiling(percent / 100 * Milliseconds.Count) - 1]
        : throw new InvalidOperationException("There are no messages.");
}
