using System.Diagnostics;
using System.Globalization;
using MovieFriends.Simulation.Planted;

namespace MovieFriends.Simulation;

/// <summary>
/// Makes a run that breaks a promise smaller as long as it breaks the same one: with fewer faults and in a smaller world, again and again until nothing
/// can be left out, or the time is over. Half of the time goes into beginning with a smaller world, in which other orders of events are tried, too.
/// </summary>
internal sealed class Shrinker
{
    // So many orders of events are tried in a world that is smaller.
    private const int Schedules = 4;

    private readonly Func<Plant>? _plant;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Verdict _whole;
    private TimeSpan _until;
    private int _most;

    private Shrinker(Verdict whole, Func<Plant>? plant) => (_whole, Smallest, _plant) = (whole, whole, plant);

    /// <summary>The smallest run so far.</summary>
    public Verdict Smallest { get; private set; }

    /// <summary>How many runs it took.</summary>
    public int Runs { get; private set; }

    /// <summary>What it came to, in words.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"It takes {Size(Smallest)}, not {Size(_whole)} ({Runs} runs in {_watch.Elapsed.TotalSeconds:0.0} s).");

    private bool HasTime => _watch.Elapsed < _until && Runs < _most;

    /// <summary>Shrinks a run.</summary>
    /// <param name="failed">One that breaks a promise.</param>
    /// <param name="time">After this no more runs are begun.</param>
    /// <param name="plant">Makes the fault that was planted in it; none by default.</param>
    /// <param name="runs">How many runs at most.</param>
    public static Shrinker Shrink(Verdict failed, TimeSpan time, Func<Plant>? plant = null, int runs = int.MaxValue)
    {
        var shrinker = new Shrinker(failed, plant);
        shrinker.Shrink(time / 2, runs / 2, schedules: 0);
        var first = shrinker.Smallest;
        shrinker.Smallest = failed;
        shrinker.Shrink(time, runs, Schedules);
        if (Weight(first, ofWorld: false) <= Weight(shrinker.Smallest, ofWorld: false))
            shrinker.Smallest = first;
        return shrinker;
    }

    private void Shrink(TimeSpan until, int runs, int schedules)
    {
        (_until, _most) = (until, runs);
        if (schedules > 0)
            MakeWorldSmaller(schedules);
        while (LeaveFaultsOut() | MakeWorldSmaller())
        {
        }
    }

    private static string Size(Verdict run) =>
        $"{Count(run.Faults.Count, "fault")}, {Count(run.Scenario.Processes, "process", "processes")}, {Count(run.Scenario.Partitions, "partition")} of {Count(run.Scenario.Messages, "message")} and {run.Scenario.Time.TotalSeconds:0} s";

    private static string Count(int number, string one, string? more = null) => number == 1 ? $"1 {one}" : $"{(number == 0 ? "no" : number.ToString(CultureInfo.InvariantCulture))} {more ?? $"{one}s"}";

    // What whoever reads the story has to keep in mind.
    private static double Weight(Verdict run, bool ofWorld) =>
        (ofWorld ? 0 : run.Faults.Count * 10) + (run.Scenario.Processes * 10) + (run.Scenario.Partitions * 10) + (run.Scenario.Messages * run.Scenario.Partitions / 4.0) + (run.Scenario.Time.TotalSeconds / 4);

    private bool MakeWorldSmaller(int schedules = 0)
    {
        var smaller = Try(Smallest.Scenario.Partitions, static (variant, count) => variant with { Partitions = count }, schedules: schedules);
        smaller |= Try(Smallest.Scenario.Processes, static (variant, count) => variant with { Processes = count }, schedules: schedules);
        smaller |= Try(Smallest.Scenario.Messages, static (variant, count) => variant with { Messages = count }, schedules: schedules);
        smaller |= Try((int)Smallest.Scenario.Time.TotalSeconds, static (variant, count) => variant with { Seconds = count }, schedules: schedules);
        return smaller;
    }

    private bool LeaveFaultsOut()
    {
        // The run stays the same up to the fault at which it is cut.
        var count = Smallest.Faults.Count;
        var smaller = Try(count, FirstFaults, least: 0);
        for (var size = Math.Max(Smallest.Faults.Count / 2, 1); HasTime && Smallest.Faults.Count > 0; size /= 2)
        {
            for (var from = 0; from < Smallest.Faults.Count && HasTime;)
            {
                if (Try(Smallest.Variant with { Without = [.. Smallest.Variant.Without, .. Smallest.Faults.Skip(from).Take(size)] }))
                    smaller = true;
                else
                    from += size;
            }

            if (size == 1)
                break;
        }

        return smaller;
    }

    private Variant FirstFaults(Variant variant, int count) => variant with { Faults = count == 0 ? 0 : Smallest.Faults[count - 1] };

    // The smallest number first, for it saves most.
    private bool Try(int now, Func<Variant, int, Variant> with, int least = 1, int schedules = 0)
    {
        foreach (var number in new[] { least, now / 8, now / 4, now / 2, now * 3 / 4, now - 1 }.Where(number => number >= least && number < now).Distinct())
        {
            if (HasTime && Try(with(Smallest.Variant, number)))
                return true;

            // Fewer messages or processes change all that is drawn; numbers of faults mean nothing in another order of events.
            for (var schedule = 1; schedule <= schedules && HasTime; schedule++)
            {
                if (Try(with(Smallest.Variant, number) with { Schedule = schedule, Faults = null, Without = [] }, ofWorld: true))
                    return true;
            }
        }

        return false;
    }

    private bool Try(Variant variant, bool ofWorld = false)
    {
        Runs++;
        var run = SimulatedWorld.Run(_whole.Seed, _plant?.Invoke(), variant: variant);
        if (run.Broken != _whole.Broken || Weight(run, ofWorld) >= Weight(Smallest, ofWorld))
            return false;

        // What is behind the last fault that has happened, or does not come to happen, need not be named.
        var last = run.Faults.Count == 0 ? 0 : run.Faults[^1];
        Smallest = run with { Variant = variant with { Faults = last, Without = [.. variant.Without.Where(number => number < last).Order()] } };
        return true;
    }
}
