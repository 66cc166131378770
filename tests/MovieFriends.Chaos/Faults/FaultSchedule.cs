using MovieFriends.Contracts.Generation;

namespace MovieFriends.Chaos.Faults;

/// <summary>
/// Draws faults from a seed. They come in rounds, each with every kind once in another order, so that in any run none is forgotten;
/// time between them is shorter than some recoveries take, so that they overlap. The same seed and length give the same schedule.
/// </summary>
internal sealed class FaultSchedule
{
    private const double FirstSeconds = 4;
    private const double LeastGapSeconds = 4;
    private const double GapSpreadSeconds = 9;

    /// <summary>The last fault begins so long before the end.</summary>
    private const double LastSeconds = 3;

    /// <summary>A server that was just started again is left alone for so long, if something else can be done meanwhile.</summary>
    private const double RestSeconds = 25;

    /// <summary>One pause of a consumer in so many is longer than its session.</summary>
    private const long OutlivingPauses = 2;

    private readonly Dictionary<FaultTarget, double> _lastAt = [];
    private readonly List<FaultKind> _round = [];
    private SplitMix64 _random;

    private FaultSchedule(long seed) => _random = new SplitMix64(seed);

    /// <param name="seed">Any number.</param>
    /// <param name="length">The time in which faults begin.</param>
    public static IReadOnlyList<Fault> Create(long seed, TimeSpan length)
    {
        var schedule = new FaultSchedule(seed);
        var faults = new List<Fault>();
        for (var at = FirstSeconds; at < length.TotalSeconds - LastSeconds; at += LeastGapSeconds + (GapSpreadSeconds * schedule._random.NextDouble()))
            faults.Add(schedule.Next(at));
        return faults;
    }

    private Fault Next(double at)
    {
        if (_round.Count == 0)
            _round.AddRange(FaultKind.All);
        var rested = _round.FindAll(kind => IsRested(kind.Target, at));
        var candidates = rested.Count > 0 ? rested : _round;
        var kind = candidates[(int)_random.Next(candidates.Count)];
        _round.Remove(kind);
        _lastAt[kind.Target] = at;

        var outlives = kind is { Action: FaultAction.Pause, Target: FaultTarget.Consumer } && _random.Next(OutlivingPauses) == 0;
        return new Fault(
            TimeSpan.FromSeconds(Math.Round(at, 1)),
            kind,
            Length(kind, outlives),
            outlives,
            kind.Action == FaultAction.Delay ? TimeSpan.FromMilliseconds(Between(20, 300)) : TimeSpan.Zero,
            (int)_random.Next(1_000));
    }

    private bool IsRested(FaultTarget target, double at) =>
        target is FaultTarget.Consumer or FaultTarget.Producer || !_lastAt.TryGetValue(target, out var last) || at - last >= RestSeconds;

    private TimeSpan Length(FaultKind kind, bool outlives)
    {
        var (least, most) = kind.Action switch
        {
            FaultAction.Pause when outlives => (2.0, 6.0),
            FaultAction.Pause => (1.0, 8.0),
            FaultAction.Cut => (0.5, 6.0),
            FaultAction.Delay => (4.0, 12.0),
            _ => (0, 0),
        };
        return TimeSpan.FromSeconds(Math.Round(Between(least, most), 1));
    }

    private double Between(double least, double most) => least + ((most - least) * _random.NextDouble());
}
