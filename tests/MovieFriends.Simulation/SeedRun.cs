using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MovieFriends.Simulation.Planted;

namespace MovieFriends.Simulation;

/// <summary>Runs one world after the other, on each core, and adds up what came out.</summary>
internal sealed class SeedRun
{
    // The code that blocks in one process is on the stack while the others go on.
    private const int StackBytes = 64 << 20;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentQueue<Verdict> _verdicts = new();

    public IReadOnlyCollection<Verdict> Verdicts => _verdicts;

    /// <summary>The run with a violation that has the lowest seed; null if there is none.</summary>
    public Verdict? Failed => _verdicts.Where(verdict => verdict.Violation is not null).MinBy(verdict => verdict.Seed);

    /// <summary>Runs worlds until a time is over, a number is reached, or one has broken a promise.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="time">After this no more are begun.</param>
    /// <param name="plant">Makes the fault that is planted in each; none by default.</param>
    public static SeedRun Run(long first, long most, TimeSpan time, Func<Plant>? plant = null)
    {
        var run = new SeedRun();
        var next = first - 1;
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work, StackBytes)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return run;

        void Work()
        {
            while (run._watch.Elapsed < time && run.Failed is null && Interlocked.Increment(ref next) is var seed && seed < first + most)
                run._verdicts.Enqueue(SimulatedWorld.Run(seed, plant?.Invoke()));
        }
    }

    /// <summary>Does something where the stack is large enough for a world.</summary>
    public static T OnLargeStack<T>(Func<T> work)
    {
        var result = default(T);
        var thread = new Thread(() => result = work(), StackBytes);
        thread.Start();
        thread.Join();
        return result!;
    }

    /// <summary>The sums, in words.</summary>
    public string Summary()
    {
        var minutes = _watch.Elapsed.TotalMinutes;
        var hours = _verdicts.Sum(verdict => verdict.Time.TotalHours);
        var faults = _verdicts.Sum(verdict => (long)verdict.Faults.Count);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {_verdicts.Count:N0} schedules in {minutes:0.0} min: {_verdicts.Count / minutes:N0} a minute
            {faults:N0} faults: {faults / minutes:N0} a minute
            {hours:N1} simulated hours: {hours / minutes:N1} a minute
            {_verdicts.Sum(verdict => (long)verdict.Commits):N0} commits, {_verdicts.Sum(verdict => (long)verdict.Messages):N0} messages written, {_verdicts.Sum(verdict => (long)verdict.Rebalances):N0} rebalances, {_verdicts.Sum(verdict => (long)verdict.Deadlocks):N0} deadlocks
            {_verdicts.Sum(verdict => (long)verdict.ExcusedDoubles):N0} dead letters twice, where the broker stored one late
            """);
    }
}
