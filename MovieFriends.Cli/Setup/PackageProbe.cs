using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>Finds out by trial restores which of the packages that a package source may lack can be had.</summary>
internal sealed class PackageProbe(Checkout checkout, Display display)
{
    /// <summary>The packages that can be missing; every other one must be there.</summary>
    public static readonly IReadOnlyList<string> Packages = ["Aspire.Confluent.Kafka", "Aspire.Hosting.Kafka", "Neo4j.Driver"];

    /// <summary>Restores each package by itself in a scratch folder, and writes or deletes the property file by the outcome.</summary>
    /// <returns>The names of those that the package sources lack.</returns>
    /// <exception cref="CommandException">A restore failed for another reason.</exception>
    public async Task<IReadOnlyList<string>> ProbeAsync(CancellationToken cancellationToken)
    {
        var scratch = checkout.At("artifacts", "setup");
        using var _ = display.Step("Asking the package sources for the official Aspire and Neo4j packages");
        try
        {
            var available = await Task.WhenAll(Packages.Select(package => IsAvailableAsync(package, Path.Combine(scratch, package), cancellationToken)));
            string[] missing = [.. Packages.Where((_, i) => !available[i])];
            if (missing.Length == 0)
                File.Delete(checkout.PackageSources);
            else
                await File.WriteAllTextAsync(checkout.PackageSources, Properties(missing), cancellationToken);
            return missing;
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    private static string Properties(IEnumerable<string> missing) => $"""
        <Project>
          <PropertyGroup>
            <MissingPackages>{string.Join(';', missing)}</MissingPackages>
          </PropertyGroup>
        </Project>

        """;

    private static async Task<bool> IsAvailableAsync(string package, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var project = Path.Combine(folder, "Probe.csproj");
        // The checkout's own files give the version, and everything else that a project here restores with.
        await File.WriteAllTextAsync(
            project, $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="{package}" /></ItemGroup></Project>""", cancellationToken);
        var result = await new ChildProgram(
            ExecutablePath.DotNet, "restore", project, "-v", "q", "--nologo", "-p:MissingPackages=", "-p:TreatWarningsAsErrors=false", "--artifacts-path", folder)
            .CaptureAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        return RestoreOutcome.IsAvailable(package, result.ExitCode, result.Output)
            ?? throw new CommandException($"{package} cannot be restored:{Environment.NewLine}{result.Output.Trim()}");
    }
}
