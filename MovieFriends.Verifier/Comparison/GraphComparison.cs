using MovieFriends.Verifier.Expected;

namespace MovieFriends.Verifier.Comparison;

/// <summary>
/// Compares the graph's charges with the expected ones, one by one. Only differences are kept, so memory does not grow
/// with what is right.
/// </summary>
internal sealed class GraphComparison
{
    private readonly ChargeTable _expected;
    private readonly List<(long ChargeId, double Amount)> _noMessage = [];
    private readonly List<(long ChargeId, double Amount)> _doubled = [];
    private readonly List<(long ChargeId, double Amount, double ExpectedAmount, bool IsLater)> _different = [];

    public GraphComparison(ChargeTable expected)
    {
        _expected = expected;
        expected.ClearMarks();
    }

    /// <summary>Charges seen in the graph.</summary>
    public long Seen { get; private set; }

    /// <summary>Takes one charge of the graph.</summary>
    public void Visit(long chargeId, double amount, double time)
    {
        Seen++;
        var (exists, wasMarked) = _expected.Mark(chargeId, out var expectedAmount, out var expectedTime);
        if (!exists)
            _noMessage.Add((chargeId, amount));
        else if (wasMarked)
            _doubled.Add((chargeId, amount));
        else if (amount != expectedAmount || time != expectedTime)
            _different.Add((chargeId, amount, expectedAmount, time > expectedTime));
    }

    /// <summary>Expected charges that the graph did not show, apart from those that changed meanwhile.</summary>
    /// <param name="changed">Charges with messages that came while the comparison was under way.</param>
    public IEnumerable<(long ChargeId, double Amount)> Unseen(IReadOnlySet<long> changed) =>
        _expected.Entries().Where(e => !e.IsMarked && !changed.Contains(e.ChargeId)).Select(e => (e.ChargeId, e.Amount));

    /// <summary>Sums up.</summary>
    /// <param name="changed">Charges with messages that came while the comparison was under way: they are not judged.</param>
    /// <param name="unseen">The charges of <see cref="Unseen"/>.</param>
    /// <param name="topicIsAll">False if messages that the topic does not have can have made charges: it has lost some, or other topics feed the graph.</param>
    public ComparisonResult Finish(IReadOnlySet<long> changed, UnseenCharges unseen, bool topicIsAll)
    {
        var seenDifferent = _different.FindAll(d => !changed.Contains(d.ChargeId));
        var noMessage = _noMessage.FindAll(u => !changed.Contains(u.ChargeId));
        var doubled = _doubled.FindAll(u => !changed.Contains(u.ChargeId));

        // Of two messages the later event wins, wherever it came from.
        var different = topicIsAll ? seenDifferent : seenDifferent.FindAll(d => !d.IsLater);
        List<(long ChargeId, double Amount)> unexpected = topicIsAll ? [.. noMessage, .. doubled] : doubled;
        var elsewhere = topicIsAll ? 0 : noMessage.Count;
        var (judged, judgedSum, changedSeen) = SumExpected(changed);
        changedSeen += _noMessage.Count - noMessage.Count + _doubled.Count - doubled.Count;

        return new ComparisonResult
        {
            Expected = judged - unseen.UnknownUsers,
            Found = Seen - changedSeen - elsewhere,
            Missing = unseen.Missing,
            Different = different.ConvertAll(d => d.ChargeId),
            Unexpected = unexpected.ConvertAll(u => u.ChargeId),
            UnknownUsers = unseen.UnknownUsers,
            NotJudged = elsewhere + seenDifferent.Count - different.Count,
            Changed = changed.Count,
            ExpectedSum = Sum([judgedSum, -unseen.UnknownSum]),
            // Number by number: the difference of two amounts may be too large for one.
            AmountDifference = Sum([.. different.Select(d => d.Amount), .. different.Select(d => -d.ExpectedAmount), .. unexpected.Select(u => u.Amount), -unseen.MissingSum]),
        };
    }

    private (long Judged, double Sum, long ChangedSeen) SumExpected(IReadOnlySet<long> changed)
    {
        long judged = 0, changedSeen = 0;
        var sum = default(CompensatedSum);
        foreach (var (chargeId, amount, isMarked) in _expected.Entries())
        {
            if (!changed.Contains(chargeId))
            {
                judged++;
                sum.Add(amount);
            }
            else if (isMarked)
            {
                changedSeen++;
            }
        }

        return (judged, sum.Value, changedSeen);
    }

    private static double Sum(IEnumerable<double> numbers)
    {
        var sum = default(CompensatedSum);
        foreach (var number in numbers)
        {
            // An amount that is none is a difference, but no number.
            if (!double.IsNaN(number))
                sum.Add(number);
        }

        return sum.Value;
    }
}
