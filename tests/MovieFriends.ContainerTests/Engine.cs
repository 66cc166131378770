using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MovieFriends.ContainerTests;

/// <summary>The container engine, by way of its program.</summary>
internal static class Engine
{
    private const string Program = "docker";
    private const string Neo4jImage = "neo4j:5.26-community";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_setUpTimeout = TimeSpan.FromMinutes(10);
    private static readonly string[] s_images = ["confluentinc/confluent-local:8.2.0", Neo4jImage];
    private static readonly Lazy<Task<string?>> s_missing = new(FindMissingAsync);

    /// <summary>Skips the test, with the reason, where there is no engine or an image is missing.</summary>
    public static async Task RequireAsync()
    {
        if (await s_missing.Value is { } missing)
            Assert.Skip(missing);
    }

    /// <returns>What the engine answers, without the end of its last line.</returns>
    public static async Task<string> AskAsync(params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{Program} {string.Join(' ', arguments)} ended with {exitCode}: {output}");
    }

    /// <summary>Names of the containers that use the volume.</summary>
    public static async Task<IReadOnlyList<string>> ContainersOfAsync(string volume) =>
        Lines(await AskAsync("ps", "--all", "--filter", $"volume={volume}", "--format", "{{.Names}}"));

    public static async Task<IReadOnlyList<string>> VolumesAsync() => Lines(await AskAsync("volume", "ls", "--quiet"));

    /// <summary>Deletes volumes, and containers that use them; those that are not there do no harm.</summary>
    public static async Task DeleteAsync(params string[] volumes)
    {
        foreach (var volume in (await VolumesAsync()).Intersect(volumes))
        {
            foreach (var container in await ContainersOfAsync(volume))
                await AskAsync("rm", "--force", "--volumes", container);
            await AskAsync("volume", "rm", volume);
        }
    }

    /// <summary>Deletes what a container has left in a folder of this machine, which may be another user's.</summary>
    public static Task EmptyAsync(string folder) =>
        AskAsync("run", "--rm", "--network", "none", "--volume", $"{folder}:/folder", "--entrypoint", "/bin/sh", Neo4jImage, "-c", "rm -rf /folder/*");

    public static async Task<bool> HasImageAsync(string image) => await RunAsync("image", "inspect", image) is (0, _);

    /// <summary>Deletes images by their names, as far as they are there, except those.</summary>
    public static async Task DeleteImagesAsync(IEnumerable<string> images, string[] stays)
    {
        foreach (var image in images.Except(stays))
            await RunAsync("image", "rm", image);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<string?> FindMissingAsync()
    {
        await SetUpAsync();
        try
        {
            if (await RunAsync("version", "--format", "{{.Server.Version}}") is not (0, _))
                return "No container engine answers.";
        }
        catch (Win32Exception)
        {
            return $"There is no program '{Program}'.";
        }

        foreach (var image in s_images)
        {
            if (await RunAsync("image", "inspect", image) is not (0, _))
                return $"The image {image} is missing; tests/containers/README.md says how to get it.";
        }

        return null;
    }

    // engine.sh sees to engine and images while other tests run.
    private static async Task SetUpAsync()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("CONTAINER_ENGINE_SETUP"), CultureInfo.InvariantCulture, out var id))
            return;
        using var limit = new CancellationTokenSource(s_setUpTimeout);
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(s_timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, $"{await output}{await errors}".TrimEnd());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Program} {string.Join(' ', arguments)} took more than {s_timeout.TotalSeconds:0} s.");
        }
    }
}
