using MovieFriends.Cli;
using MovieFriends.Cli.Setup;
using MovieFriends.Machine;
using Spectre.Console;
using Xunit;

namespace MovieFriends.UnitTests.Cli;

/// <summary>The environment is the whole process's.</summary>
[CollectionDefinition(nameof(SetsVariables), DisableParallelization = true)]
public sealed class SetsVariables;

[Collection(nameof(SetsVariables))]
public sealed class MachineSetupTests : IDisposable
{
    private const string Variable = "ASPIRE_CONTAINER_RUNTIME";

    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_container_engine_that_was_started_since_the_first_command_is_found()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "The engine here is a shell script.");
        var engine = _folder.File("engine", "#!/bin/sh\necho 27.0.1\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(engine, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable(Variable, engine);
        var checkout = new Checkout(_folder.Path);
        SetupState.Save(checkout, new ProbeResult(Java: null, ContainerRuntime: null, Npm: null, MissingPackages: []));

        var display = new Display(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }));
        await new MachineSetup(checkout, display).EnsureAsync(new SetupRequest(ServerMode.Containers), TestContext.Current.CancellationToken);

        Assert.Equal($"{engine} 27.0.1", SetupState.Load(checkout)?.ContainerRuntime);
    }
}
