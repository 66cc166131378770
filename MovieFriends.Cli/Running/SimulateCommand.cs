using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Running;

/// <summary>The verb that runs the engine of the streams in simulated worlds, one for each seed.</summary>
internal static class SimulateCommand
{
    private const string Project = "MovieFriends.Simulation";

    private static readonly Option<double?> s_minutes = Options.Number("--minutes", "For how long (1); without it, --seed tells the story of that one seed", least: 0.05);
    private static readonly Option<long?> s_seed = Options.Number("--seed", "The first seed (1)", least: 0L);

    // What a run that was made smaller leaves out.
    private static readonly Option<int?>[] s_smaller =
    [
        Options.Number("--faults", "Only so many faults, the first ones", least: 0),
        Options.Number("--messages", "Messages of each partition", least: 1),
        Options.Number("--processes", "Processes", least: 1),
        Options.Number("--partitions", "Partitions at the start", least: 1),
        Options.Number("--seconds", "For how many simulated seconds messages come and faults begin", least: 1),
        Options.Number("--schedule", "Another order of events in the same world", least: 1),
    ];

    private static readonly Option<string?> s_without = new("--without") { Description = "Without the faults with these numbers, as in 3,7,9", Validators = { AreNumbers } };

    private static readonly Option<string?> s_plant = new("--plant") { Description = "With a fault that is planted, by its name in Plants.cs" };

    public static Command Create(Checkout checkout, Display display)
    {
        var command = new Command("simulate", "The engine against a simulated broker and graph, thousands of faults a minute: no promise may be broken.")
        {
            s_minutes, s_seed, s_without, s_plant, Options.Report,
        };
        foreach (var option in s_smaller)
            command.Add(option);
        command.Validators.Add(IsOfOneSeed);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await new MachineSetup(checkout, display).EnsureAsync(new(ServerMode.External), cancellationToken);
            await new Build(checkout, display).RunAsync(Path.Combine("tests", Project), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            List<string> arguments = [];
            if (parsed.GetValue(s_minutes) is { } minutes)
                arguments.AddRange(["--minutes", minutes.ToString(CultureInfo.InvariantCulture)]);
            if (parsed.GetValue(s_seed) is { } seed)
                arguments.AddRange(["--seed", seed.ToString(CultureInfo.InvariantCulture)]);
            if (parsed.GetValue(Options.Report) is { } report)
                arguments.AddRange(["--report", report.FullName]);

            foreach (var option in s_smaller)
            {
                if (parsed.GetValue(option) is { } number)
                    arguments.AddRange([option.Name, number.ToString(CultureInfo.InvariantCulture)]);
            }

            foreach (var option in new[] { s_without, s_plant })
            {
                if (parsed.GetValue(option) is { } value)
                    arguments.AddRange([option.Name, value]);
            }

            return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(Project), .. arguments]).RunAsync(cancellationToken);
        });
        return command;
    }

    private static void AreNumbers(OptionResult result)
    {
        var text = result.Tokens.Count == 0 ? string.Empty : result.Tokens[0].Value;
        if (!text.Split(',').All(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var fault) && fault > 0))
            result.AddError($"--without: '{text}' is not allowed; it takes numbers of faults from 1, as in 3,7,9.");
    }

    // Other seeds have other faults with these numbers.
    private static void IsOfOneSeed(CommandResult result)
    {
        var isSmaller = s_smaller.Any(option => result.GetResult(option) is not null) || result.GetResult(s_without) is not null;
        if (isSmaller && (result.GetResult(s_seed) is null || result.GetResult(s_minutes) is not null))
            result.AddError("What is left out of a run takes --seed, and no --minutes.");
        if (result.GetResult(Options.Report) is not null && (result.GetResult(s_seed) is null || result.GetResult(s_minutes) is not null))
            result.AddError("--report tells of one seed: it takes --seed beside it, and no --minutes.");
    }
}
