using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What an AppHost finds in its configuration when it runs in a test: free ports, and the variables of its first launch profile.</summary>
internal static class TestingDefaults
{
    private static readonly JsonDocumentOptions s_json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static void Add(Assembly appHost, string[] args, HostApplicationBuilderSettings hostOptions)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        var defaults = new Dictionary<string, string?> { ["DcpPublisher:RandomizePorts"] = "true" };
        if (AppHostMetadata.ProjectDirectory(appHost) is { } folder && Directory.Exists(folder))
        {
            hostOptions.ContentRootPath = folder;
            AddLaunchProfile(Path.Combine(folder, "Properties", "launchSettings.json"), defaults);
        }
        foreach (var key in defaults.Keys.Where(k => given[k] is not null).ToArray())
            defaults.Remove(key);
        hostOptions.Configuration ??= new ConfigurationManager();
        hostOptions.Configuration.AddInMemoryCollection(defaults);
    }

    private static void AddLaunchProfile(string file, Dictionary<string, string?> defaults)
    {
        if (!File.Exists(file))
            return;
        using var settings = JsonDocument.Parse(File.ReadAllText(file), s_json);
        if (!settings.RootElement.TryGetProperty("profiles", out var profiles) || profiles.EnumerateObject().FirstOrDefault() is not { Value.ValueKind: JsonValueKind.Object } first)
            return;
        if (!first.Value.TryGetProperty("environmentVariables", out var variables))
            return;
        foreach (var variable in variables.EnumerateObject())
        {
            defaults[variable.Name] = variable.Value.GetString();
            // The host reads these without their prefix.
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (variable.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    defaults[variable.Name[prefix.Length..]] = variable.Value.GetString();
            }
        }
    }
}
