using System.Globalization;
using MovieFriends.Reports;
using MovieFriends.Simulation;
using MovieFriends.Simulation.Stories;

// A consumer of the stories, on real servers.
if (args is [StoryConsumer.Verb])
    return StoryConsumer.Run();

// --minutes M --seed S: worlds from seed S on, for so long. Without minutes: the story of that one seed, and with --report FILE.md a report of it.
var arguments = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
var hasSeed = arguments.TryGetValue("--seed", out var text);
var seed = hasSeed ? long.Parse(text!, CultureInfo.InvariantCulture) : 1;
if (!arguments.TryGetValue("--minutes", out var minutes) && hasSeed)
    return Tell(seed, arguments.GetValueOrDefault("--report"));

var run = SeedRun.Run(seed, long.MaxValue / 2, TimeSpan.FromMinutes(minutes is null ? 1 : double.Parse(minutes, CultureInfo.InvariantCulture)));
Console.WriteLine(run.Summary());
if (run.Failed is not { } failed)
{
    Console.WriteLine("No promise was broken.");
    return 0;
}

return Tell(failed.Seed, null);

static int Tell(long seed, string? report)
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

    var recording = report is null ? null : new Recording();
    var verdict = SimulatedWorld.Run(seed, keepStory: true, recording: recording);
    if (recording is not null)
        ReportFile.Write(report!, recording.Report(verdict));
    Console.WriteLine(verdict.Story);
    Console.WriteLine(verdict.Violation is null ? $"Seed {seed}: no promise was broken." : $"Seed {seed}: {verdict.Violation}.");
    Console.WriteLine($"Again: dotnet moviefriends.cs simulate --seed {seed}");
    return verdict.Violation is null ? 0 : 1;
}
