using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Xunit;

namespace MovieFriends.IntegrationTests.Deployment;

/// <summary>The compiler of Bicep, which comes as a package for Linux.</summary>
internal static class BicepCompiler
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private static string? FoundPath { get; } = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "BicepCompiler" && !string.IsNullOrEmpty(metadata.Value))?.Value;

    public static void SkipWithout() => Assert.SkipWhen(FoundPath is null, "The compiler of Bicep is a package for Linux on x64.");

    /// <summary>What Azure would be asked for, as the compiler works it out without Azure.</summary>
    /// <param name="parameters">A file of parameters for the scope of a resource group.</param>
    public static async Task<JsonArray> PredictAsync(string parameters)
    {
        await RunAsync("snapshot", parameters, "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--resource-group", "rg-test", "--location", "westeurope");
        var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(parameters, "snapshot.json"), TestContext.Current.CancellationToken))!;
        Assert.Empty(snapshot["diagnostics"]!.AsArray());
        return snapshot["predictedResources"]!.AsArray();
    }

    /// <summary>Runs the compiler, which must have nothing to say.</summary>
    public static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(FoundPath!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_timeout);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0 && (await errors).Length == 0, $"bicep {string.Join(' ', arguments)}: {await errors}{await output}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
