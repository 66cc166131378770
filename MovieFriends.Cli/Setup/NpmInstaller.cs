using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Setup;

/// <summary>Installs the local servers that npm has.</summary>
internal sealed class NpmInstaller(Checkout checkout, Display display)
{
    private string Lock => Path.Combine(checkout.Servers, "package-lock.json");

    /// <summary>Copy of the lock file that the installed packages came from; written last, so it vouches for a complete install.</summary>
    private string Installed => Path.Combine(checkout.NodeModules, ".moviefriends-lock.json");

    public bool AreInstalled => File.Exists(Installed) && File.ReadAllText(Installed) == File.ReadAllText(Lock);

    /// <exception cref="CommandException">npm failed.</exception>
    public async Task InstallAsync(string npm, CancellationToken cancellationToken)
    {
        display.Line($"Downloading from npm into {NpmServers.PackagesFolder}, about 320 MB unpacked: Kafka {NpmServers.KafkaVersion} and Neo4j {NpmServers.Neo4jVersion}.");
        using var _ = display.Step("Installing");
        // The packages' install scripts would download again what is already in them.
        var result = await new ChildProgram(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund") { WorkingDirectory = checkout.Servers }
            .CaptureAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        if (result.ExitCode != 0)
            throw new CommandException($"npm ci failed in servers/:{Environment.NewLine}{result.Output.Trim()}");

        File.Copy(Lock, Installed, overwrite: true);
    }
}
