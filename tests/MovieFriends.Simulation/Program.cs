using System.Globalization;
using MovieFriends.Simulation;
using MovieFriends.Simulation.Planted;
using MovieFriends.Simulation.Stories;

// A consumer of the stories, on real servers.
if (args is [StoryConsumer.Verb])
    return StoryConsumer.Run();

// --minutes M --seed S: worlds from seed S on, for so long. Without minutes: the story of that one seed, less what the options of a variant leave out,
// and with --report FILE.md a report of it.
var arguments = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
var hasSeed = arguments.TryGetValue("--seed", out var text);
var seed = hasSeed ? long.Parse(text!, CultureInfo.InvariantCulture) : 1;
Telling telling;
try
{
    telling = new Telling(Variant.Parse(arguments), arguments.GetValueOrDefault("--plant"), arguments.GetValueOrDefault("--report"));
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

if (!arguments.TryGetValue("--minutes", out var minutes) && hasSeed)
    return telling.Tell(seed);

var run = SeedRun.Run(seed, long.MaxValue / 2, TimeSpan.FromMinutes(minutes is null ? 1 : double.Parse(minutes, CultureInfo.InvariantCulture)), telling.Plant);
Console.WriteLine(run.Summary());
if (run.Failed is not { } failed)
{
    Console.WriteLine("No promise was broken.");
    return 0;
}

return telling.TellShrunken(failed);
