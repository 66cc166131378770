using System.Diagnostics;
using System.Text.Json;
using MovieFriends.Machine;

namespace MovieFriends.ContainerTests.Published;

/// <summary>
/// The images of all services, built once: one of them by the command of azd, on a stand-in for Microsoft's image of ASP.NET. A registry on the loopback hands
/// out the base and takes the images.
/// </summary>
public sealed class ServiceImages : IAsyncDisposable
{
    private const string StandIn = "moviefriends/aspnet:10.0";
    private const string Registry = "docker-registry";

    /// <summary>The service whose image azd's own command builds. It has the clients of both servers.</summary>
    private const string AsAzd = "consumer";

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

        string[] settings = [$"-p:ContainerRegistry={address}", $"-p:ContainerBaseImage={_prefix}{StandIn}", "-p:UseSharedCompilation=false"];
        var images = JsonElement.Parse($"[{await BuildAsAzdAsync(settings)},{await BuildTogetherAsync(Services.Except([AsAzd]), settings)}]").EnumerateArray();
        foreach (var service in Services)
            await Engine.AskAsync("pull", "--quiet", Name(service));

        // The SDK's target hands over each of its results twice.
        return images.DistinctBy(Service).ToDictionary(Service);
    }

    // By the assembly that it starts: ["dotnet","/app/MovieFriends.Seeder.dll"].
    private static string Service(JsonElement image) =>
        Path.GetFileNameWithoutExtension(image.GetProperty("config").GetProperty("Entrypoint")[1].GetString())!.Split('.')[1].ToLowerInvariant();

    private static Task<string> BuildAsAzdAsync(string[] settings) => Programs.RunAsync(
        s_timeout, ["publish", Project(AsAzd), "-r", "linux-x64", "-c", "Release", "/t:PublishContainer", "--getProperty:GeneratedContainerConfiguration", .. settings]);

    // The same targets in one evaluation, from the assemblies that the tests were built with.
    private async Task<string> BuildTogetherAsync(IEnumerable<string> services, string[] settings)
    {
        var script = Path.Combine(_folder, "images.proj");
        await File.WriteAllTextAsync(
            script,
            $"""
            <Project>
              <ItemGroup>
                <Service Include="{string.Join(';', services.Select(Project))}" AdditionalProperties="PublishDir={_folder}/%(Filename)/" />
                <RestoreGraphProjectInputItems Include="@(Service)" />
              </ItemGroup>
              <Import Project="$(MSBuildToolsPath)/NuGet.targets" />
              <Target Name="Images">
                <MSBuild Projects="@(Service)" Targets="Publish" BuildInParallel="true" />
                <MSBuild Projects="@(Service)" Targets="PublishContainer" BuildInParallel="true">
                  <Output TaskParameter="TargetOutputs" ItemName="Image" />
                </MSBuild>
                <PropertyGroup>
                  <Configurations>@(Image->'%(Configuration)', ',')</Configurations>
                </PropertyGroup>
              </Target>
            </Project>
            """,
            TestContext.Current.CancellationToken);

        // Without a build, what the build wrote for every platform would be taken for this one: its folder is named here, and the list of assemblies (deps.json) is made anew.
        string[] asBuilt = ["-p:NoBuild=true", $"-p:Configuration={Programs.Configuration}", $"-p:ArtifactsPivots={Programs.Configuration}", "-p:_TrimRuntimeAssets=true"];
        string[] asPublished = ["-p:RuntimeIdentifier=linux-x64", "-p:_CommandLineDefinedRuntimeIdentifier=true", "-p:_IsPublishing=true"];
        return await Programs.RunAsync(s_timeout, ["msbuild", script, "-restore", "-t:Images", "-m", "-nologo", "-getProperty:Configurations", .. asBuilt, .. asPublished, .. settings]);
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
