using System.CommandLine;
using System.Globalization;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Running;

/// <summary>The verb that runs the engine of the streams in simulated worlds, one for each seed.</summary>
internal static class SimulateCommand
{
    private const string Project = "MovieFriends.Simulation";

    private static readonly Option<double?> s_minutes = Options.Number("--minutes", "For how long (1); without it, --seed tells the story of that one seed", least: 0.05);
    private static readonly Option<long?> s_seed = Options.Number("--seed", "The first seed (1)", least: 0L);

    public static Command Create(Checkout checkout, Display display)
    {
        var command = new Command("simulate", "The engine against a simulated broker and graph, thousands of faults a minute: no promise may be broken.")
        {
            s_minutes, s_seed, Options.Report,
        };
        command.Validators.Add(static parsed =>
        {
            if (parsed.GetResult(Options.Report) is not null && (parsed.GetResult(s_seed) is null || parsed.GetResult(s_minutes) is not null))
                parsed.AddError("--report tells of one seed: it takes --seed beside it, and no --minutes.");
        });
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
            return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(Project), .. arguments]).RunAsync(cancellationToken);
        });
        return command;
    }
}
