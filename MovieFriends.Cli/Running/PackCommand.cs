using System.CommandLine;
using System.Xml.Linq;
using MovieFriends.Cli.Setup;

namespace MovieFriends.Cli.Running;

/// <summary>The verb that makes the packages: those of this repository, and those that stand in for official ones which cannot be had.</summary>
internal static class PackCommand
{
    private static readonly Argument<DirectoryInfo> s_folder = new("folder")
    {
        Description = "A folder for the packages; it is made if it is missing",
        Validators =
        {
            result =>
            {
                if (File.Exists(result.Tokens[0].Value))
                    result.AddError($"{result.Tokens[0].Value} is a file; name a folder.");
            },
        },
    };

    public static Command Create(Checkout checkout, Display display)
    {
        var command = new Command("pack", "Make the packages: libraries, the template, and replacements for official packages that cannot be had.") { s_folder };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(s_folder)!.FullName, checkout, display, cancellationToken));
        return command;
    }

    /// <summary>
    /// A solution of everything that becomes a package, or is asked and declines: built and packed at once, it is evaluated only once. Which official
    /// packages are replaced is what the build itself goes by.
    /// </summary>
    internal static string Solution(Checkout checkout)
    {
        var libraries = Directory.GetDirectories(checkout.At("libraries")).Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, Path.GetFileName(folder) + ".csproj"));
        var replacements = Replaced(checkout).Select(package => checkout.At("fallback", package, package + ".csproj"));
        var projects = libraries.Append(checkout.At("templates", "MovieFriends.Templates.csproj")).Concat(replacements);
        return string.Join('\n', ["<Solution>", .. projects.Select(project => $"""  <Project Path="{project}" />"""), "</Solution>", ""]);
    }

    private static string[] Replaced(Checkout checkout) => File.Exists(checkout.PackageSources)
        ? XDocument.Load(checkout.PackageSources).Descendants("MissingPackages").Single().Value.Split(';')
        : [];

    private static async Task<int> RunAsync(string folder, Checkout checkout, Display display, CancellationToken cancellationToken)
    {
        // Nothing runs here, so no server is needed.
        await new MachineSetup(checkout, display).EnsureAsync(new(ServerMode.External), cancellationToken);
        var solution = Path.Combine(checkout.Artifacts, "pack.slnx");
        await File.WriteAllTextAsync(solution, Solution(checkout), cancellationToken);
        using (display.Step("Packing"))
        {
            var result = await new ChildProgram(
                ExecutablePath.DotNet, "pack", solution, "-c", "Release", "-o", folder, "-v", "q", "--nologo", "-p:UseSharedCompilation=false")
                .CaptureAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            if (result.ExitCode != 0)
                throw new CommandException($"The packages cannot be made:{Environment.NewLine}{result.Output.Trim()}");
        }

        display.Line($"The packages are in {folder}.");
        if (Replaced(checkout) is { Length: > 0 } replaced)
            display.Line($"{string.Join(", ", replaced)} cannot be had from here: replacements of them are among the packages, with the same names and versions.");
        display.Line($"Let NuGet find them: dotnet nuget add source {folder} --name moviefriends");
        return 0;
    }
}
