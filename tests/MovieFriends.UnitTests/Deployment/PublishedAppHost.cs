using System.Diagnostics;
using MovieFriends.UnitTests.Deployment;
using Xunit;

[assembly: AssemblyFixture(typeof(PublishedAppHost))]

namespace MovieFriends.UnitTests.Deployment;

/// <summary>The AppHost's manifest, written by the command that azd runs, once for all tests.</summary>
public sealed class PublishedAppHost : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Lazy<Task<AzdManifest>>> _manifests = [];

    public PublishedAppHost()
    {
        _manifests["Containers"] = new(() => PublishAsync("containers", []));
        _manifests["External"] = new(() => PublishAsync("external", [new("Servers", "External")]));
    }

    /// <summary>Both shapes of a deployment.</summary>
    public static TheoryData<string> Shapes => ["Containers", "External"];

    internal Task<AzdManifest> ManifestAsync(string shape) => _manifests[shape].Value;

    internal async Task<AzdManifest> PublishAsync(string name, KeyValuePair<string, string>[] environment)
    {
        var path = Path.Combine(Folder(name), "manifest.json");
        var (exitCode, said) = await RunAsync(["--output-path", path], environment);
        Assert.True(exitCode == 0 && File.Exists(path), $"The AppHost ended with {exitCode}: {said}");
        return new AzdManifest(path);
    }

    /// <summary>Publishes by the command that writes a Compose file.</summary>
    internal async Task<string> ComposeAsync(string name, KeyValuePair<string, string>[] environment)
    {
        var folder = Folder(name);
        var (exitCode, said) = await RunAsync([$"--Compose:Folder={folder}"], environment);
        Assert.True(exitCode == 0, $"The AppHost ended with {exitCode}: {said}");
        return folder;
    }

    /// <summary>Publishes with something that is not allowed.</summary>
    internal Task<(int ExitCode, string Said)> RefuseAsync(string name, KeyValuePair<string, string>[] environment) =>
        RunAsync(["--output-path", Path.Combine(Folder(name), "manifest.json")], environment);

    internal string Folder(string name) => _folder.Folder(name);

    private static async Task<(int ExitCode, string Said)> RunAsync(string[] arguments, KeyValuePair<string, string>[] environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Program, "--publisher", "manifest", .. arguments])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "MovieFriends.AppHost"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // As the launch profile has it.
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_timeout);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _folder.Dispose();

    // The tests stand in artifacts/bin/PROJECT/CONFIGURATION.
    private static string Program
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(folder.Parent!.Parent!.FullName, "MovieFriends.AppHost", folder.Name, "MovieFriends.AppHost.dll");
        }
    }
}
