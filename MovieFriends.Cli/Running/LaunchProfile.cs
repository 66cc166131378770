using System.Text.Json;

namespace MovieFriends.Cli.Running;

/// <summary>The AppHost's launch profile, which <c>dotnet run</c> would apply: where the dashboard listens, and the environment's name.</summary>
internal static class LaunchProfile
{
    /// <returns>The profile's environment variables, less those that are set already.</returns>
    public static Dictionary<string, string> Environment(string path)
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(path));
        var profile = settings.RootElement.GetProperty("profiles").EnumerateObject().First().Value;
        var variables = profile.GetProperty("environmentVariables").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString()!);
        variables["ASPNETCORE_URLS"] = profile.GetProperty("applicationUrl").GetString()!;
        return variables
            .Where(v => string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable(v.Key)))
            .ToDictionary();
    }
}
