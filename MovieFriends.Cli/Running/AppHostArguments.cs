using System.Globalization;

namespace MovieFriends.Cli.Running;

/// <summary>The command line of the AppHost, or of a service: settings, then flags.</summary>
internal sealed class AppHostArguments
{
    private readonly List<string> _settings = [];
    private readonly List<string> _flags = [];

    public AppHostArguments Set(string key, IFormattable? value) => Set(key, value?.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Sets a value; null leaves the AppHost's default.</summary>
    public AppHostArguments Set(string key, string? value)
    {
        if (value is not null)
            _settings.Add($"--{key}={value}");
        return this;
    }

    /// <summary>Sets values given as <c>Section:Key=value</c>.</summary>
    /// <param name="given">The values.</param>
    /// <param name="folder">What paths are relative to; where the user stands by default.</param>
    public AppHostArguments SetAll(IEnumerable<string>? given, string? folder = null)
    {
        _settings.AddRange((given ?? []).Select(setting => $"--{WithFullPath(setting, folder ?? Directory.GetCurrentDirectory())}"));
        return this;
    }

    /// <summary>The value of a setting, or null; as in configuration, the last one counts.</summary>
    public string? Get(string key)
    {
        var prefix = $"--{key}=";
        return _settings.LastOrDefault(setting => setting.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))?[prefix.Length..];
    }

    public AppHostArguments Flag(string name, bool on = true)
    {
        if (on)
            _flags.Add($"--{name}");
        return this;
    }

    private static string WithFullPath(string setting, string folder)
    {
        var end = setting.IndexOf('=', StringComparison.Ordinal);
        return end > 0 && PathSettings.IsPath(setting[..end]) ? $"{setting[..end]}={PathSettings.Resolve(setting[(end + 1)..], folder)}" : setting;
    }

    // A flag has no value, and would take a setting that followed it for one.
    public string[] ToArray() => [.. _settings, .. _flags];
}
