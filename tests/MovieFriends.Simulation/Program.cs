using System.Globalization;
using MovieFriends.Simulation;

// --minutes M --seed S: worlds from seed S on, for so long. Without minutes: the story of that one seed.
var arguments = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
var hasSeed = arguments.TryGetValue("--seed", out var text);
var seed = hasSeed ? long.Parse(text!, CultureInfo.InvariantCulture) : 1;
if (!arguments.TryGetValue("--minutes", out var minutes) && hasSeed)
    return Tell(seed);

var run = SeedRun.Run(seed, long.MaxValue / 2, TimeSpan.FromMinutes(minutes is null ? 1 : double.Parse(minutes, CultureInfo.InvariantCulture)));
Console.WriteLine(run.Summary());
if (run.Failed is not { } failed)
{
    Console.WriteLine("No promise was broken.");
    return 0;
}

return Tell(failed.Seed);

static int Tell(long seed)
{
    var verdict = SimulatedWorld.Run(seed, keepStory: true);
    Console.WriteLine(verdict.Story);
    Console.WriteLine(verdict.Violation is null ? $"Seed {seed}: no promise was broken." : $"Seed {seed}: {verdict.Violation}.");
    Console.WriteLine($"Again: dotnet moviefriends.cs simulate --seed {seed}");
    return verdict.Violation is null ? 0 : 1;
}
