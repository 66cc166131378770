using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace MovieFriends.UnitTests.Deployment;

/// <summary>A manifest as azd reads it: what azd refuses is refused here, and what it makes of a text is made of it here.</summary>
internal sealed partial class AzdManifest
{
    private const string Deployment = "deployment";

    // Whoever deploys is asked for what has no default.
    private readonly Dictionary<string, string> _answers = [];
    private readonly JsonObject _resources;

    public AzdManifest(string path)
    {
        Path = path;
        _resources = JsonNode.Parse(File.ReadAllText(path))!["resources"]!.AsObject();
        foreach (var (name, resource) in _resources.Where(resource => Type(resource.Key) == "parameter.v0"))
            _answers[name] = resource!["inputs"]!["value"]!["default"]?["value"]?.GetValue<string>() ?? $"<{name}>";
    }

    public string Path { get; }

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public IEnumerable<string> Names => _resources.Select(resource => resource.Key);

    /// <summary>The resources that azd deploys: apps and jobs.</summary>
    public IEnumerable<string> Deployed => Names.Where(name => _resources[name]![Deployment] is not null);

    public JsonObject this[string name] => _resources[name]!.AsObject();

    public string Type(string name) => _resources[name]!["type"]!.GetValue<string>();

    public string Module(string name) => this[name][Deployment]!["path"]!.GetValue<string>();

    public AzdManifest Answer(string parameter, string value)
    {
        _answers[parameter] = value;
        return this;
    }

    /// <summary>The parameters of a deployment as they stand in the manifest. Each must be a string.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters(string name) =>
        this[name][Deployment]!["params"]!.AsObject().Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value!.GetValue<string>()));

    /// <summary>The parameters of a deployment, each between the quotes that azd puts it in.</summary>
    public IEnumerable<KeyValuePair<string, string>> BicepParameters(string name, Func<string, string> expression) =>
        Parameters(name).Select(parameter => KeyValuePair.Create(parameter.Key, Quote(Expand(parameter.Value, expression))));

    /// <summary>What the deployment's parameter is in the end, which must be JSON.</summary>
    public JsonObject Json(string name, string parameter)
    {
        var quoted = BicepParameters(name, Value).Single(found => found.Key == parameter).Value;

        // A Bicep string has an escape for a backslash, and needs none for what is left in JSON.
        Assert.DoesNotContain('\'', quoted[1..^1]);
        return JsonNode.Parse(quoted[1..^1].Replace(@"\\", @"\", StringComparison.Ordinal))!.AsObject();
    }

    /// <summary>The variables of an app or job, secrets included.</summary>
    public Dictionary<string, string> Environment(string name) =>
        Json(name, "env").Concat(Json(name, "secrets")).ToDictionary(variable => variable.Key, variable => variable.Value!.GetValue<string>());

    /// <summary>Replaces each expression; a doubled brace is a brace.</summary>
    public static string Expand(string text, Func<string, string> expression)
    {
        var expanded = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i])
            {
                expanded.Append(text[i++]);
                continue;
            }

            Assert.False(text[i] == '}', $"unexpected '}}' at position {i}: {text}");
            if (text[i] != '{')
            {
                expanded.Append(text[i]);
                continue;
            }

            var end = text.IndexOf('}', i);
            Assert.True(end > 0, $"unclosed '{{' at position {i}: {text}");
            expanded.Append(expression(text[(i + 1)..end]));
            i = end;
        }

        return expanded.ToString();
    }

    /// <summary>An expression's value in the end: with the answers of whoever deploys, and names for what only Azure knows.</summary>
    public string Value(string expression)
    {
        var (resource, property) = Split(expression);
        return Type(resource) switch
        {
            "parameter.v0" when property is "value" or "connectionString" => _answers[resource],
            "azure.bicep.v0" => $"<{property["outputs.".Length..]}>",
            _ => Common(resource, property, Value),
        };
    }

    /// <summary>An expression as one of Bicep, for a module of which this deployment is one of many.</summary>
    public string Symbol(string expression)
    {
        var (resource, property) = Split(expression);
        return Type(resource) switch
        {
            "parameter.v0" when property is "value" or "connectionString" => $"${{{Identifier(resource)}}}",
            "azure.bicep.v0" => $"${{{Identifier(resource)}.{property}}}",
            _ => Common(resource, property, Symbol),
        };
    }

    /// <summary>A name without the dash that Bicep's cannot have.</summary>
    public static string Identifier(string name) => name.Replace('-', '_');

    public string ConnectionString(string name) => Expand(this[name]["connectionString"]!.GetValue<string>(), Value);

    private string Common(string resource, string property, Func<string, string> expression)
    {
        if (property == "connectionString")
            return Expand(this[resource]["connectionString"]!.GetValue<string>(), expression);
        if (property == "containerImage")
            return $"registry.example/{resource}:1";

        var match = BindingProperty().Match(property);
        Assert.True(match.Success, $"azd does not know '{{{resource}.{property}}}'.");
        var binding = this[resource]["bindings"]?[match.Groups[1].Value] ?? throw new InvalidOperationException($"'{resource}' has no binding '{match.Groups[1].Value}'.");
        var targetPort = binding["targetPort"]?.ToString() ?? "8080";
        return match.Groups[2].Value switch
        {
            "host" => resource,
            "port" => binding["port"]?.ToString() ?? targetPort,
            "targetPort" => targetPort,
            "scheme" => binding["scheme"]!.GetValue<string>(),
            var other => throw new InvalidOperationException($"'{other}' of a binding is not used here."),
        };
    }

    private (string Resource, string Property) Split(string expression)
    {
        var parts = expression.Split('.', 2);
        Assert.True(parts.Length == 2 && _resources.ContainsKey(parts[0]), $"'{{{expression}}}' names no resource.");
        return (parts[0], parts[1]);
    }

    // azd writes the text as a scalar of YAML, and puts it between quotes if it has none yet. One that YAML reads as another type gets double quotes, which stay in it.
    private static string Quote(string text)
    {
        Assert.False(text.Length == 0 || OtherType().IsMatch(text), $"azd would put double quotes into '{text}'.");
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
        return NeedsQuotes().IsMatch(text) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : $"'{text}'";
    }

    [GeneratedRegex(@"^bindings\.([^.]+)\.([^.]+)$")]
    private static partial Regex BindingProperty();

    [GeneratedRegex(@"^([-+.0-9][-+.0-9_:eE]*|true|false|null|~|y|n|yes|no|on|off)$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherType();

    [GeneratedRegex(@"^[\[\]{},#&*!|>'""%@`]|: | #|:$|^\s|\s$")]
    private static partial Regex NeedsQuotes();
}
