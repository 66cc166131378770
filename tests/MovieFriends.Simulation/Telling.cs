using MovieFriends.Reports;
using MovieFriends.Simulation.Planted;

namespace MovieFriends.Simulation;

/// <summary>Tells runs, with the line that repeats each.</summary>
/// <param name="variant">What is left out of a run.</param>
/// <param name="plant">The name of a fault that is planted; null if there is none.</param>
/// <param name="report">Where a report of a run goes; null if none is asked for.</param>
internal sealed class Telling(Variant variant, string? plant, string? report = null)
{
    private static readonly TimeSpan s_shrinking = TimeSpan.FromSeconds(30);

    /// <summary>Makes the fault that is planted; null if there is none.</summary>
    public Func<Plant>? Plant { get; } = plant is null ? null : Plants.Named(plant);

    /// <summary>Tells a run, and after it, if it breaks a promise with nothing left out, the smallest one that does.</summary>
    /// <returns>The exit code.</returns>
    public int Tell(long seed)
    {
        if (report is not null)
        {
            try
            {
                ReportFile.Prepare(report);
            }
            catch (InvalidOperationException exception)
            {
                Console.Error.WriteLine(exception.Message);
                return 2;
            }
        }

        // The report is of what was asked for, also where a smaller run is told after it.
        var recording = report is null ? null : new Recording();
        var verdict = Tell(seed, variant, recording);
        if (recording is not null)
            ReportFile.Write(report!, recording.Report(verdict, Line(seed, variant)));
        return verdict.Violation is null ? 0 : variant.Options.Length > 0 ? 1 : TellShrunken(verdict);
    }

    /// <summary>Tells the smallest run that breaks the same promise.</summary>
    /// <returns>The exit code.</returns>
    public int TellShrunken(Verdict failed)
    {
        Console.WriteLine($"Seed {failed.Seed}: {failed.Violation}.");
        Console.WriteLine("The smallest run that breaks the same promise is looked for ...");
        var shrinker = SeedRun.OnLargeStack(() => Shrinker.Shrink(failed, s_shrinking, Plant));
        Console.WriteLine(shrinker.Summary);
        Console.WriteLine();
        Tell(failed.Seed, shrinker.Smallest.Variant);
        Console.WriteLine($"With nothing left out: {Line(failed.Seed, Variant.Whole)}");
        return 1;
    }

    private Verdict Tell(long seed, Variant told, Recording? recording = null)
    {
        var verdict = SeedRun.OnLargeStack(() => SimulatedWorld.Run(seed, Plant?.Invoke(), keepStory: true, told, recording));
        Console.WriteLine(verdict.Story);
        Console.WriteLine(verdict.Violation is null ? $"Seed {seed}: no promise was broken." : $"Seed {seed}: {verdict.Violation}.");
        Console.WriteLine($"Again: {Line(seed, told)}");
        return verdict;
    }

    private string Line(long seed, Variant told) => $"dotnet moviefriends.cs simulate --seed {seed}{told.Options}{(plant is null ? "" : $" --plant \"{plant}\"")}";
}
