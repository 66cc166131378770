using System.Diagnostics;
using System.Text.Json;
using MovieFriends.Machine;

namespace MovieFriends.ContainerTests.Published;

/// <summary>
/// The images of all services, built once by the command of azd, on a stand-in for Microsoft's image of ASP.NET: a registry on the loopback hands
/// out the base and takes the images.
/// </summary>
public sealed class ServiceImages : IAsyncDisposable
{
    private const string StandIn = "moviefriends/aspnet:10.0";
    private const string Registry = "docker-registry";
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    private readonly Lazy<Task<Dictionary<string, JsonElement>>> _built;
    private readonly string _folder = Directory.CreateTempSubdirectory("moviefriends-").FullName;
    private Process? _registry;
    private string _prefix = "";

    public ServiceImages() => _built = new(BuildAsync);

    public string Name(string service) => $"{_prefix}moviefriends/{service}:latest";

    /// <summary>What the SDK says of each image; the test is skipped where there is nothing to build on.</summary>
    public async Task<IReadOnlyDictionary<string, JsonElement>> RequireAsync()
    {
        await Engine.RequireAsync();
        if (!await Engine.HasImageAsync(StandIn))
            Assert.Skip($"The image {StandIn} is not there; tests/containers/README.md says how to get it.");
        if (!IsOnPath(Registry))
            Assert.Skip($"There is no program '{Registry}' to hand out the base of the images; tests/containers/README.md says how to get it.");
        return await _built.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_built.IsValueCreated)
            await Engine.DeleteImagesAsync([.. Services.Select(Name), $"{_prefix}{StandIn}"], stays: [StandIn]);
        if (_registry is { HasExited: false })
            _registry.Kill();
        _registry?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal static IReadOnlyList<string> Services { get; } = ["seeder", "producer", "consumer", "verifier", "replayer"];

    private async Task<Dictionary<string, JsonElement>> BuildAsync()
    {
        var address = $"localhost:{await StartRegistryAsync()}";
        _prefix = $"{address}/";
        await Engine.AskAsync("tag", StandIn, $"{_prefix}{StandIn}");
        await Engine.AskAsync("push", "--quiet", $"{_prefix}{StandIn}");

        var built = new Dictionary<string, JsonElement>();
        foreach (var service in Services)
        {
            var project = Path.Combine(Programs.Root, $"MovieFriends.{char.ToUpperInvariant(service[0])}{service[1..]}");
            var output = await Programs.RunAsync(
                s_timeout,
                ["publish", project, "-r", "linux-x64", "-c", "Release", "/t:PublishContainer",
                    $"-p:ContainerRegistry={address}", $"-p:ContainerBaseImage={_prefix}{StandIn}", "--getProperty:GeneratedContainerConfiguration", "-p:UseSharedCompilation=false"]);
            built[service] = JsonElement.Parse(output);
            await Engine.AskAsync("pull", "--quiet", Name(service));
        }

        return built;
    }

    private async Task<int> StartRegistryAsync()
    {
        var port = new LoopbackPorts(Random.Shared).Next();
        var settings = Path.Combine(_folder, "registry.yml");
        await File.WriteAllTextAsync(settings, $"version: 0.1\nlog: {{ level: error, accesslog: {{ disabled: true }} }}\nstorage: {{ filesystem: {{ rootdirectory: {_folder} }} }}\nhttp: {{ addr: 127.0.0.1:{port} }}\n");
        _registry = Process.Start(new ProcessStartInfo(Registry, ["serve", settings]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _registry.BeginErrorReadLine();
        _registry.BeginOutputReadLine();

        using var client = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!_registry.HasExited && await pause.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/v2/"), limit.Token);
                return port;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException($"{Registry} ended with {_registry.ExitCode}.");
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
