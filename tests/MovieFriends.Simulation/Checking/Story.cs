using System.Globalization;
using System.Text;
using MovieFriends.Reports;
using MovieFriends.Simulation.Scheduling;

namespace MovieFriends.Simulation.Checking;

/// <summary>What happened in a run, line by line. The lines are kept only where they are asked for; their fingerprint always.</summary>
internal sealed class Story(Scheduler scheduler, Variant variant, bool isKept)
{
    private readonly List<int> _faults = [];
    private int _number;
    private readonly StringBuilder _text = new();
    private readonly List<FaultSpan> _spans = [];
    private ulong _fingerprint = 14695981039346656037;

    /// <summary>Whether the lines are kept, so that it makes sense to write long ones.</summary>
    public bool IsKept => isKept;

    /// <summary>The numbers of the faults that have happened.</summary>
    public IReadOnlyList<int> Faults => _faults;

    /// <summary>Each fault with its length, if the lines are kept.</summary>
    public IReadOnlyList<FaultSpan> Spans => _spans;

    /// <summary>When the last fault began.</summary>
    public long LastFault { get; private set; }

    /// <summary>The same for the same lines at the same times.</summary>
    public ulong Fingerprint => _fingerprint;

    public string Text => _text.ToString();

    /// <summary>Something is to go wrong now.</summary>
    /// <param name="what">What happens to whom.</param>
    /// <param name="kind">What kind of fault it is: a row of the report.</param>
    /// <param name="lasts">For how long; zero for what has no length.</param>
    /// <returns>Whether it does: it may be left out.</returns>
    public bool Fault(string what, string kind = "other", TimeSpan lasts = default)
    {
        if (!variant.Has(++_number))
            return false;
        _faults.Add(_number);
        LastFault = scheduler.Now;
        if (isKept)
            _spans.Add(new FaultSpan(kind, scheduler.Elapsed, scheduler.Elapsed + lasts));
        Say($"FAULT {_number}: {what}");
        return true;
    }

    public void Say(string what)
    {
        Mix((ulong)scheduler.Now);
        Mix((ulong)scheduler.Steps);
        foreach (var letter in what)
            Mix(letter);
        Note(what);
    }

    /// <summary>Something that is told and has no effect.</summary>
    public void Note(string what)
    {
        if (isKept)
            _text.Append(CultureInfo.InvariantCulture, $"{scheduler.Elapsed.TotalSeconds,10:0.0000} s  {what}\n");
    }

    private void Mix(ulong value) => _fingerprint = unchecked((_fingerprint ^ value) * 1099511628211);
}
