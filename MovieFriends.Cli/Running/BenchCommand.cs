using System.CommandLine;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Running;

/// <summary>The verb that measures contestants side by side, on servers of its own.</summary>
internal static class BenchCommand
{
    private const string Project = "MovieFriends.Bench";
    private const string MicroProject = "MovieFriends.MicroBenchmarks";

    /// <summary>What is asked for by this needs no servers, and is a project of its own.</summary>
    private const string Micro = "micro";

    /// <summary>The measures that the project has.</summary>
    public static IReadOnlyList<string> Measures { get; } = ["produce", "seed", "tracing", "batches", "consume", "rentals", "latency", "memory", "recover", "growth"];

    private static readonly Argument<string?> s_measure = new("measure")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"What to measure: {string.Join(", ", Measures)}; all of them if not given. Or {Micro}: what runs for each message, without servers and without options",
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            if (Measures.Contains(name) || name == Micro)
                return name;
            result.AddError($"measure: '{name}' is not known; there are {string.Join(", ", Measures)}, {Micro}.");
            return null;
        },
    };

    private static readonly Option<int?> s_rounds = Options.Number("--rounds", "Rounds that count, after one to warm up (3)", least: 1);
    private static readonly Option<long?> s_users = Options.Number("--users", "Users in the graph (as many as messages)", least: 1L);
    private static readonly Option<int?> s_seconds = Options.Number("--seconds", "Seconds of messages that count at each rate of latency (20)", least: 1);
    private static readonly Option<int?> s_factor = Options.Number("--factor", "How many times as large the largest backlog of memory and the largest graph of growth are (10)", least: 2);
    private static readonly Option<int?> s_backlogSeconds = Options.Number("--backlog-seconds", "Seconds that the consumer of memory works on a backlog at the most (120)", least: 1);

    public static Command Create(Checkout checkout, Display display)
    {
        var command = new Command("bench", "Measure side by side, in rounds on the same servers; figures are ratios.")
        {
            s_measure, s_rounds, Options.Messages, s_users, s_seconds, s_factor, s_backlogSeconds, Options.BatchSize, Options.Json,
        };
        command.SetAction((parsed, cancellationToken) =>
            parsed.GetValue(s_measure) == Micro ? RunMicroAsync(checkout, display, cancellationToken) : RunAsync(parsed, checkout, display, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Checkout checkout, Display display, CancellationToken cancellationToken)
    {
        // Servers of its own, which nobody else uses meanwhile.
        await new MachineSetup(checkout, display).EnsureAsync(new(ServerMode.Local), cancellationToken);
        await new Build(checkout, display).RunAsync(Path.Combine("bench", Project), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var arguments = new AppHostArguments()
            .Set("Bench:Measure", parsed.GetValue(s_measure))
            .Set("Bench:Rounds", parsed.GetValue(s_rounds))
            .Set("Bench:Messages", parsed.GetValue(Options.Messages))
            .Set("Bench:Users", parsed.GetValue(s_users))
            .Set("Bench:Seconds", parsed.GetValue(s_seconds))
            .Set("Bench:Factor", parsed.GetValue(s_factor))
            .Set("Bench:BacklogSeconds", parsed.GetValue(s_backlogSeconds))
            .Set("Bench:BatchSize", parsed.GetValue(Options.BatchSize))
            .Set("Bench:Json", parsed.GetValue(Options.Json)?.FullName)
            .Set("Bench:Reports", checkout.At("artifacts", "bench"));
        return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(Project), .. arguments.ToArray()]).RunAsync(cancellationToken);
    }

    private static async Task<int> RunMicroAsync(Checkout checkout, Display display, CancellationToken cancellationToken)
    {
        await new MachineSetup(checkout, display).EnsureAsync(new(ServerMode.External), cancellationToken);
        await new Build(checkout, display).RunAsync(Path.Combine("bench", MicroProject), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return await new ChildProgram(ExecutablePath.DotNet, ["exec", checkout.Program(MicroProject), "--artifacts", checkout.At("artifacts", "bench", Micro)]).RunAsync(cancellationToken);
    }
}
