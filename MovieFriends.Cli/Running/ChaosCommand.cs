using System.CommandLine;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Running;

/// <summary>The verb that kills, stops, cuts and slows what it has started, and counts what came out.</summary>
internal static class ChaosCommand
{
    private const string Project = "MovieFriends.Chaos";

    private static readonly Option<double?> s_minutes = Options.Number("--minutes", "For how long faults begin (2)", least: 0.1);
    private static readonly Option<long?> s_seed = Options.Number("--seed", "Which faults, and which charges (1)", least: 0L);
    private static readonly Option<int?> s_consumers = Options.Number("--consumers", "Consumers at the start (3)", least: 1);
    private static readonly Option<double?> s_rate = Options.Number("--rate", "Charges per second (1,000)", least: 1.0);

    public static Command Create(Checkout checkout, Display display)
    {
        var command = new Command("chaos", "Faults drawn from a seed while charges stream: nothing may be missing, nothing doubled.")
        {
            s_minutes, s_seed, s_consumers, s_rate, Options.Json, Options.Report,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // Only processes of this machine can be sent signals.
            await new MachineSetup(checkout, display).EnsureAsync(new(ServerMode.Local), cancellationToken);
            await new Build(checkout, display).RunAsync(Path.Combine("tests", Project), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var arguments = new AppHostArguments()
                .Set("Chaos:Minutes", parsed.GetValue(s_minutes))
                .Set("Chaos:Seed", parsed.GetValue(s_seed))
                .Set("Chaos:Consumers", parsed.GetValue(s_consumers))
                .Set("Chaos:Rate", parsed.GetValue(s_rate))
                .Set("Chaos:Json", parsed.GetValue(Options.Json)?.FullName)
                .Set("Chaos:Report", parsed.GetValue(Options.Report)?.FullName)
                .Set("Chaos:Logs", checkout.At("artifacts", "chaos"));
            return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(Project), .. arguments.ToArray()]).RunAsync(cancellationToken);
        });
        return command;
    }
}
