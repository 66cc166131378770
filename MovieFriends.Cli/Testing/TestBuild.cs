using System.Text.RegularExpressions;
using System.Xml.Linq;
using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Testing;

/// <summary>Builds projects with all that they need in one go, in Release, and says when each is done.</summary>
internal sealed partial class TestBuild(Checkout checkout, TestProgress progress)
{
    private const string Solution = "MovieFriends.sln";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly List<string> _output = [];
    private int _built;

    /// <summary>What goes on now, for whoever waits.</summary>
    public string Status => _built == 0 ? "Build: restoring packages" : $"Build: {_built} projects built";

    /// <summary>The projects that the solution has.</summary>
    public static IEnumerable<string> SolutionProjects(Checkout checkout) =>
        ProjectPath().Matches(File.ReadAllText(checkout.At(Solution))).Select(match => checkout.At(match.Groups["path"].Value.Replace('\\', '/')));

    /// <exception cref="CommandException">The build failed; carries the compiler's own lines.</exception>
    public async Task RunAsync(IEnumerable<string> projects, CancellationToken cancellationToken)
    {
        // Not every test project is in the solution, and MSBuild takes one file.
        var solution = checkout.At("artifacts", "tests.slnx");
        Directory.CreateDirectory(checkout.Artifacts);
        await File.WriteAllTextAsync(solution, SolutionOf(projects), cancellationToken);

        // One compiler for all projects takes half the time of one for each. It has a name of its own, so that only this one is ended.
        var compiler = $"moviefriends-{Environment.ProcessId}";
        try
        {
            var exitCode = await new ChildProgram(ExecutablePath.DotNet,
                "build", solution, "-c", "Release", "-v", "m", "--nologo", "--tl:off", "-p:UseSharedCompilation=true", $"-p:SharedCompilationId={compiler}",
                "-p:ShouldUnsetParentConfigurationAndPlatform=false")
            { WorkingDirectory = checkout.Root }
                .StreamAsync(Take, _ => Task.CompletedTask, cancellationToken);
            if (exitCode != 0)
                throw new CommandException($"The build failed:{Environment.NewLine}{string.Join(Environment.NewLine, Errors())}");
        }
        finally
        {
            await EndCompilerAsync(compiler);
        }
    }

    /// <summary>A solution file that has these projects.</summary>
    public static string SolutionOf(IEnumerable<string> projects) => new XElement(
        "Solution", projects.Distinct().Select(path => new XElement("Project", new XAttribute("Path", path)))).ToString();

    private void Take(string line)
    {
        _output.Add(line);
        if (BuiltProject().Match(line) is not { Success: true } match)
            return;
        _built++;
        progress.Line($"built {match.Groups["name"].Value}");
    }

    private IEnumerable<string> Errors() => _output.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct().DefaultIfEmpty(string.Join(Environment.NewLine, _output));

    private async Task EndCompilerAsync(string name)
    {
        try
        {
            var sdk = await new ChildProgram(ExecutablePath.DotNet, "--version") { WorkingDirectory = checkout.Root }.CaptureAsync(s_timeout, CancellationToken.None);
            var program = Path.Combine(Path.GetDirectoryName(ExecutablePath.DotNet)!, "sdk", sdk.Output.Trim(), "Roslyn", "bincore", "VBCSCompiler.dll");
            await new ChildProgram(ExecutablePath.DotNet, program, $"-pipename:{name}", "-shutdown").CaptureAsync(s_timeout, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // Without a request it ends by itself, after ten minutes.
        }
    }

    [GeneratedRegex(@"^\s*(?<name>\S+) -> \S.*\.dll$")]
    private static partial Regex BuiltProject();

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"")]
    private static partial Regex ProjectPath();
}
