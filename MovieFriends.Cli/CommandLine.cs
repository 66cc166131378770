using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MovieFriends.Cli.Cleaning;
using MovieFriends.Cli.Running;
using MovieFriends.Cli.Setup;
using MovieFriends.Cli.Testing;

namespace MovieFriends.Cli;

/// <summary>The verbs of <c>moviefriends.cs</c>.</summary>
public static class CommandLine
{
    /// <summary>Parses and runs a command line.</summary>
    /// <param name="root">Folder of the checkout.</param>
    /// <param name="arguments">The verb and its options.</param>
    /// <returns>The exit code: 0, 1 if something failed, 2 if the command line was refused, 130 if it was interrupted.</returns>
    public static async Task<int> RunAsync(string root, string[] arguments)
    {
        var command = Create(new(root), Display.Create());
        var parsed = command.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            var problem = parsed.UnmatchedTokens is [var word, ..] ? $"'{word}' is not known." : parsed.Errors[0].Message;
            await Console.Error.WriteLineAsync($"{problem} ('dotnet moviefriends.cs help' lists verbs and options.)");
            return CommandException.Refused;
        }

        using var termination = new Termination();
        try
        {
            // Signals are this command's own business: it waits until what it has started is gone.
            return await parsed.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, termination.Token);
        }
        catch (CommandException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return exception.ExitCode;
        }
        catch (MachineException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return CommandException.Refused;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The checkout's folders are another user's or read-only, or the disk is full.
            await Console.Error.WriteLineAsync($"{exception.Message} (Everything is written below {root}: make it writable, or free some space.)");
            return CommandException.Failed;
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            return CommandException.Interrupted;
        }
    }

    private static RootCommand Create(Checkout checkout, Display display)
    {
        var root = new RootCommand("MovieFriends: streams daily charges from Kafka into a Neo4j social graph.");
        root.Subcommands.Add(Setup(checkout, display));
        root.Subcommands.Add(Demo(checkout, display));
        root.Subcommands.Add(Up(checkout, display));
        root.Subcommands.Add(TestCommand.Create(checkout, display));
        root.Subcommands.Add(Verify(checkout, display));
        root.Subcommands.Add(ReadAgainCommands.Replay(checkout, display));
        root.Subcommands.Add(ReadAgainCommands.Rewind(checkout, display));
        root.Subcommands.Add(ChaosCommand.Create(checkout, display));
        root.Subcommands.Add(SimulateCommand.Create(checkout, display));
        root.Subcommands.Add(BenchCommand.Create(checkout, display));
        root.Subcommands.Add(PublishCommand.Create(checkout, display));
        root.Subcommands.Add(PackCommand.Create(checkout, display));
        root.Subcommands.Add(Clean(checkout, display));
        root.Subcommands.Add(Help(root));
        return root;
    }

    private static Command Setup(Checkout checkout, Display display)
    {
        var command = new Command("setup", "Look at the machine and install what is missing. Every other verb does this first.") { Options.Servers };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await new MachineSetup(checkout, display).EnsureAsync(Request(parsed) with { Again = true }, cancellationToken);
            return 0;
        });
        return command;
    }

    private static Command Demo(Checkout checkout, Display display)
    {
        var command = new Command("demo", "The whole job once: build the graph, produce charges, stream them into the graph, verify.")
        {
            Options.Users, Options.Messages, Options.Rentals, Options.BatchSize, Options.Json, Options.KeepRunning, Options.NoDashboard, Options.Servers, Options.Settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var arguments = await PrepareAsync(parsed, checkout, display, cancellationToken);
            arguments
                .Set("Producer:Messages", parsed.GetValue(Options.Messages))
                .Set("Rentals:Messages", parsed.GetValue(Options.Rentals))
                .Set("Consumer:MaxBatchSize", parsed.GetValue(Options.BatchSize))
                .Set(AppHostSettings.DemoJson, parsed.GetValue(Options.Json)?.FullName)
                .Set("Demo:Since", CommandStart)
                .Set("Demo:KeepRunning", parsed.GetValue(Options.KeepRunning) ? "true" : null)
                .Flag(AppHostSettings.Demo);
            return await new AppHostRun(checkout, display).RunAsync(arguments, cancellationToken);
        });
        return command;
    }

    private static Command Up(Checkout checkout, Display display)
    {
        var command = new Command("up", "Run until Ctrl-C: a producer at a steady rate, the consumer, the dashboard.")
        {
            Options.Rate, Options.Users, Options.NoDashboard, Options.Servers, Options.Settings,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var arguments = await PrepareAsync(parsed, checkout, display, cancellationToken);
            arguments.Set("Producer:Rate", parsed.GetValue(Options.Rate));
            return await new AppHostRun(checkout, display).RunAsync(arguments, cancellationToken);
        });
        return command;
    }

    private static Command Verify(Checkout checkout, Display display)
    {
        var topic = new Option<string?>("--topic") { Description = "Another stream's topic (charges and rentals): only where it ends and where its ledger stands is compared" };
        var command = new Command("verify", "Compare topics and graph of what is running.") { topic, Options.Settings };
        command.SetAction((parsed, cancellationToken) => new OneShotRun(checkout, display).RunAsync(
            Checkout.Verifier, new AppHostArguments().SetAll(parsed.GetValue(Options.Settings)).Set("Verifier:Topic", parsed.GetValue(topic)), cancellationToken));
        return command;
    }

    private static Command Clean(Checkout checkout, Display display)
    {
        var command = new Command("clean", "Stop what this checkout left running; delete its data, builds and downloads.") { Options.Volumes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await new Cleanup(checkout, display).CleanAsync(parsed.GetValue(Options.Volumes), cancellationToken);
            return 0;
        });
        return command;
    }

    /// <summary>For <c>dotnet moviefriends.cs VERB --help</c>, which the SDK answers with its own help.</summary>
    private static Command Help(RootCommand root)
    {
        var verb = new Argument<string?>("verb") { Arity = ArgumentArity.ZeroOrOne, Description = "The verb to explain." };
        var command = new Command("help", "List the verbs, or the options of one.") { verb };
        command.SetAction((parsed, cancellationToken) =>
            root.Parse(parsed.GetValue(verb) is { } name ? [name, "--help"] : ["--help"]).InvokeAsync(cancellationToken: cancellationToken));
        return command;
    }

    private static async Task<AppHostArguments> PrepareAsync(ParseResult parsed, Checkout checkout, Display display, CancellationToken cancellationToken)
    {
        await new MachineSetup(checkout, display).EnsureAsync(Request(parsed), cancellationToken);
        var arguments = new AppHostArguments()
            .Set("Seeder:Users", parsed.GetValue(Options.Users))
            .Set("Producer:Users", parsed.GetValue(Options.Users))
            .Set(ServerModeChoice.Key, parsed.GetValue(Options.Servers)?.ToString())
            .SetAll(parsed.GetValue(Options.Settings))
            .Flag(AppHostSettings.NoDashboard, parsed.GetValue(Options.NoDashboard));
        return arguments;
    }

    private static SetupRequest Request(ParseResult parsed) =>
        new(parsed.GetValue(Options.Servers) ?? ServersVariable);

    private static string CommandStart
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.StartTime.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture);
        }
    }

    // A value that is no mode is the AppHost's to refuse.
    internal static ServerMode ServersVariable => ServerModeChoice.Parse(Environment.GetEnvironmentVariable(ServerModeChoice.Key)) ?? ServerMode.Auto;
}
