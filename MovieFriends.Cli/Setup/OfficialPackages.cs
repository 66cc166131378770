using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>Finds out by a trial restore whether the package sources have the official Aspire and Neo4j packages.</summary>
internal sealed class OfficialPackages(Checkout checkout, Display display)
{
    private const string DoWithout = """
        <Project>
          <PropertyGroup>
            <UseOfficialPackages>false</UseOfficialPackages>
          </PropertyGroup>
        </Project>

        """;

    /// <summary>Restores in a scratch folder and writes or deletes the property file by the outcome.</summary>
    /// <exception cref="CommandException">The restore failed for another reason.</exception>
    public async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        var available = await RestoreAsync(cancellationToken);
        if (available)
            File.Delete(checkout.PackageSources);
        else
            await File.WriteAllTextAsync(checkout.PackageSources, DoWithout, cancellationToken);
        return available;
    }

    private async Task<bool> RestoreAsync(CancellationToken cancellationToken)
    {
        var scratch = checkout.At("artifacts", "setup");
        // A warning about versions is no reason to fail: it is looked at below.
        // Directly or not, this project refers to every other one, and so to every package.
        using var _ = display.Step("Asking the package sources for the official Aspire and Neo4j packages");
        try
        {
            var result = await new ChildProgram(
                ExecutablePath.DotNet, "restore", checkout.At("tests", "MovieFriends.IntegrationTests"), "-v", "q", "--nologo",
                "-p:UseOfficialPackages=true", "-p:TreatWarningsAsErrors=false", "--artifacts-path", scratch)
                .CaptureAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            if (RestoreErrors.AreForLackOfOfficialPackages(result.Output))
                return false;
            if (result.ExitCode == 0)
                return true;
            throw new CommandException($"The packages cannot be restored:{Environment.NewLine}{result.Output.Trim()}");
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }
}
