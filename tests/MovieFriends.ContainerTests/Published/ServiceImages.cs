using System.Diagnostics;
using System.Text.Json;
using MovieFriends.Machine;

namespace MovieFriends.ContainerTests.Published;

/// <summary>
/// The images of all services, built once as azd does it, on a stand-in for Microsoft's image of ASP.NET: a registry on the loopback hands
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

        // What azd's command does for each, 'dotnet publish PROJECT -r linux-x64 -c Release /t:PublishContainer', for all in one evaluation: that takes a third of the time.
        var script = Path.Combine(_folder, "images.proj");
        await File.WriteAllTextAsync(
            script,
            $"""
            <Project>
              <PropertyGroup>
                <Rid>Configuration=Release;RuntimeIdentifier=linux-x64;_CommandLineDefinedRuntimeIdentifier=true</Rid>
                <Image>$(Rid);_IsPublishing=true;ContainerRegistry={address};ContainerBaseImage={_prefix}{StandIn}</Image>
              </PropertyGroup>
              <ItemGroup>
                <Service Include="{string.Join(';', Services.Select(Project))}" />
              </ItemGroup>
              <Target Name="Images">
                <MSBuild Projects="{Project(Services[0])}" Targets="Restore" Properties="$(Rid);MSBuildRestoreSessionId=images;RestoreGraphProjectInput=@(Service, '%3B')" />
                <MSBuild Projects="@(Service)" Targets="Publish" Properties="$(Image)" BuildInParallel="true" />
                <MSBuild Projects="@(Service)" Targets="PublishContainer" Properties="$(Image)" BuildInParallel="true">
                  <Output TaskParameter="TargetOutputs" ItemName="Built" />
                </MSBuild>
                <PropertyGroup>
                  <Configurations>[@(Built->'%(Configuration)', ',')]</Configurations>
                </PropertyGroup>
              </Target>
            </Project>
            """,
            TestContext.Current.CancellationToken);
        var output = await Programs.RunAsync(s_timeout, "msbuild", script, "-t:Images", "-m", "-nologo", "-p:UseSharedCompilation=false", "-getProperty:Configurations");
        foreach (var service in Services)
            await Engine.AskAsync("pull", "--quiet", Name(service));
        return Services.Zip(JsonElement.Parse(output).EnumerateArray()).ToDictionary(image => image.First, image => image.Second);
    }

    private static string Project(string service)
    {
        var name = $"MovieFriends.{char.ToUpperInvariant(service[0])}{service[1..]}";
        return Path.Combine(Programs.Root, name, $"{name}.csproj");
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
