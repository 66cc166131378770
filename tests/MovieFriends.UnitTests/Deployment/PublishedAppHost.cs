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
        var path = Path.Combine(_folder.Folder(name), "manifest.json");
        var start = new ProcessStartInfo("dotnet", ["exec", Program, "--publisher", "manifest", "--output-path", path])
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
            Assert.True(process.ExitCode == 0 && File.Exists(path), $"The AppHost ended with {process.ExitCode}: {await output}{await errors}");
            return new AzdManifest(path);
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
