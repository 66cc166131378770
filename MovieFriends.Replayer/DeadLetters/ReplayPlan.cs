using MovieFriends.Contracts.Reporting;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>
/// Which letters are put back: of each original that no replay has put back before, the first letter in the order of
/// partitions and offsets. They must be sent in that order, too. Then it is true at every moment that behind a mark there
/// is no letter whose original is still missing, although letters of one original may lie in several partitions.
/// </summary>
internal sealed class ReplayPlan
{
    private readonly HashSet<(int Partition, long Offset)> _chosen = [];

    private ReplayPlan(IReadOnlyList<ReplayedLetters> types) => Types = types;

    /// <summary>The letters by kind of error, in alphabetical order.</summary>
    public IReadOnlyList<ReplayedLetters> Types { get; }

    /// <summary>How many letters are to be put back.</summary>
    public int Count => _chosen.Count;

    /// <summary>Whether the letter at this place of the dead-letter topic is one of them.</summary>
    public bool Contains(int partition, long offset) => _chosen.Contains((partition, offset));

    /// <param name="scan">The dead-letter topic, one partition after the other, each in the order of its offsets.</param>
    /// <param name="errorType">The only kind of letters to choose; null for all.</param>
    public static ReplayPlan Create(DeadLetterScan scan, string? errorType)
    {
        var counts = new SortedDictionary<string, (long Letters, long Doubles, long PutBack, long Waiting, long Chosen)>(StringComparer.Ordinal);
        var seen = new HashSet<Original>();
        var chosen = new List<(int, long)>();

        // What was put back comes first, whatever its kind and place: a later letter of the same original is a double.
        foreach (var letter in scan.Letters.Where(scan.WasPutBack))
        {
            var first = seen.Add(letter.Original);
            var count = counts.GetValueOrDefault(letter.ErrorType);
            counts[letter.ErrorType] = count with { Letters = count.Letters + 1, PutBack = count.PutBack + (first ? 1 : 0), Doubles = count.Doubles + (first ? 0 : 1) };
        }

        var waiting = scan.Letters.Where(letter => !scan.WasPutBack(letter)).ToLookup(letter => errorType is null || letter.ErrorType == errorType);
        foreach (var letter in waiting[true].Concat(waiting[false]))
        {
            var first = seen.Add(letter.Original);
            var isChosen = first && (errorType is null || letter.ErrorType == errorType);
            if (isChosen)
                chosen.Add((letter.Partition, letter.Offset));
            var count = counts.GetValueOrDefault(letter.ErrorType);
            counts[letter.ErrorType] = count with
            {
                Letters = count.Letters + 1,
                Waiting = count.Waiting + (first ? 1 : 0),
                Doubles = count.Doubles + (first ? 0 : 1),
                Chosen = count.Chosen + (isChosen ? 1 : 0),
            };
        }

        var plan = new ReplayPlan([.. counts.Select(c => new ReplayedLetters(c.Key, c.Value.Letters, c.Value.Doubles, c.Value.PutBack, c.Value.Waiting, c.Value.Chosen))]);
        plan._chosen.UnionWith(chosen);
        return plan;
    }
}
