using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace MovieFriends.ContainerTests.Published;

/// <summary>Reads a Compose file as Compose does, as far as ours goes; so the tests need no plug-in of Docker's.</summary>
internal static partial class ComposeReader
{
    public static IReadOnlyList<PublishedContainer> Read(string folder, IReadOnlyDictionary<string, string> variables)
    {
        var values = File.ReadAllLines(Path.Combine(folder, ".env")).Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2)).ToDictionary(line => line[0], line => line[1]);
        foreach (var (name, value) in variables)
            values[name] = value;

        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, Dictionary<string, object>?>>>(File.ReadAllText(Path.Combine(folder, "docker-compose.yaml")));
        return [.. file["services"].Select(service => Container(service.Key, service.Value!))];

        PublishedContainer Container(string name, Dictionary<string, object> service) => new(
            name, Text(service["image"]), Map(service, "environment").ToDictionary(variable => (string)variable.Key, variable => Text(variable.Value)))
        {
            Volumes = [.. List(service, "volumes")],
            DependsOn = Map(service, "depends_on").ToDictionary(other => (string)other.Key, other => (string)((Dictionary<object, object>)other.Value)["condition"]),
            HealthCommand = Map(service, "healthcheck") is { Count: > 0 } check && (List<object>)check["test"] is ["CMD", "bash", "-c", string command] ? $"bash -c '{command}'" : null,
            Restart = service.TryGetValue("restart", out var restart) ? (string)restart : "no",
            ByHand = service.ContainsKey("profiles"),
        };

        string Text(object value) => Variable().Replace((string)value, match => match.Groups[1].Success
            ? values.TryGetValue(match.Groups[1].Value, out var found) && found.Length > 0 ? found : match.Groups[2].Value is [':', '-', .. var other] ? other : throw new InvalidOperationException($"{match.Value} has no value.")
            : "$");
    }

    private static Dictionary<object, object> Map(Dictionary<string, object> service, string key) => service.TryGetValue(key, out var map) ? (Dictionary<object, object>)map : [];

    private static IEnumerable<string> List(Dictionary<string, object> service, string key) => service.TryGetValue(key, out var list) ? ((List<object>)list).Cast<string>() : [];

    [GeneratedRegex(@"\$\$|\$\{([A-Z_]+)(:[-?][^}]*)?\}")]
    private static partial Regex Variable();
}
