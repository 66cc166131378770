using System.Text;

namespace MovieFriends.Hosting.LocalServers;

/// <summary>Settings in the form of a Java properties file, which both servers read.</summary>
internal sealed class SettingsFile
{
    private readonly List<KeyValuePair<string, string>> _settings = [];

    public IReadOnlyList<KeyValuePair<string, string>> Settings => _settings;

    public SettingsFile Set(string key, string value)
    {
        _settings.Add(new(key, value));
        return this;
    }

    public SettingsFile Set(string key, int value) => Set(key, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public SettingsFile Set(string key, bool value) => Set(key, value ? "true" : "false");

    /// <summary>A backslash starts an escape in a properties file; Java takes the slash on every system.</summary>
    public SettingsFile SetPath(string key, string path) => Set(key, path.Replace('\\', '/'));

    /// <summary>Settings that win over those of the same name.</summary>
    public SettingsFile Override(IReadOnlyDictionary<string, string> others)
    {
        // Some servers refuse a file that says a thing twice.
        _settings.RemoveAll(setting => others.ContainsKey(setting.Key));
        _settings.AddRange(others);
        return this;
    }

    /// <summary>Writes a file that only its owner may read: a server's own settings can hold passwords.</summary>
    public void Write(string path) => PrivateFile.Write(path, ToString());

    public override string ToString()
    {
        var text = new StringBuilder("# Written at every start of the AppHost; changes here are lost.\n");
        foreach (var (key, value) in _settings)
        {
            text.Append(key).Append('=').Append(value).Append('\n');
        }

        return text.ToString();
    }
}
