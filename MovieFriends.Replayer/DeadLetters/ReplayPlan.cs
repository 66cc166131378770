using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>
/// Which dead letters are put back: of each original that no replay has put back before, the first dead letter in the order of
/// partitions and offsets. They must be sent in that order, too. Then it is true at every moment that behind a mark there
/// is no dead letter whose original is still missing, although dead letters of one original may lie in several partitions.
/// </summary>
internal sealed class ReplayPlan
{
    private readonly HashSet<(int Partition, long Offset)> _chosen = [];

    private ReplayPlan(IReadOnlyList<ReplayedDeadLetters> types) => Types = types;

    /// <summary>The dead letters by kind of error, in alphabetical order.</summary>
    public IReadOnlyList<ReplayedDeadLetters> Types { get; }

    /// <summary>How many dead letters are to be put back.</summary>
    public int Count => _chosen.Count;

    /// <summary>Whether the dead letter at this place of the dead-letter topic is one of them.</summary>
    public bool Contains(int partition, long offset) => _chosen.Contains((partition, offset));

    /// <param name="scan">The dead-letter topic, one partition after the other, each in the order of its offsets.</param>
    /// <param name="errorType">The only kind of dead letters to choose; null for all.</param>
    public static ReplayPlan Create(DeadLetterScan scan, string? errorType)
    {
        var counts = new SortedDictionary<string, (long DeadLetters, long Doubles, long PutBack, long Waiting, long Chosen)>(StringComparer.Ordinal);
        var seen = new HashSet<Original>();
        var chosen = new List<(int, long)>();

        // What was put back comes first, whatever its kind and place: a later dead letter of the same original is a double.
        foreach (var deadLetter in scan.DeadLetters.Where(scan.WasPutBack))
        {
            var first = seen.Add(deadLetter.Original);
            var count = counts.GetValueOrDefault(deadLetter.ErrorType);
            counts[deadLetter.ErrorType] = count with { DeadLetters = count.DeadLetters + 1, PutBack = count.PutBack + (first ? 1 : 0), Doubles = count.Doubles + (first ? 0 : 1) };
        }

        var waiting = scan.DeadLetters.Where(deadLetter => !scan.WasPutBack(deadLetter)).ToLookup(deadLetter => errorType is null || deadLetter.ErrorType == errorType);
        foreach (var deadLetter in waiting[true].Concat(waiting[false]))
        {
            var first = seen.Add(deadLetter.Original);
            var isChosen = first && (errorType is null || deadLetter.ErrorType == errorType);
            if (isChosen)
                chosen.Add((deadLetter.Partition, deadLetter.Offset));
            var count = counts.GetValueOrDefault(deadLetter.ErrorType);
            counts[deadLetter.ErrorType] = count with
            {
                DeadLetters = count.DeadLetters + 1,
                Waiting = count.Waiting + (first ? 1 : 0),
                Doubles = count.Doubles + (first ? 0 : 1),
                Chosen = count.Chosen + (isChosen ? 1 : 0),
            };
        }

        var plan = new ReplayPlan([.. counts.Select(c => new ReplayedDeadLetters(c.Key, c.Value.DeadLetters, c.Value.Doubles, c.Value.PutBack, c.Value.Waiting, c.Value.Chosen))]);
        plan._chosen.UnionWith(chosen);
        return plan;
    }
}
