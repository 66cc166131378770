using System.Text.Json;
using Json.Schema;
using Xunit;
using YamlDotNet.Serialization;

namespace MovieFriends.UnitTests.Deployment;

/// <summary>The files that azd reads, against its own schemas, which lie beside a checkout where somebody has put them.</summary>
public sealed class SchemaTests(PublishedAppHost appHost)
{
    private const string Folder = "../shared/schemas";

    public static TheoryData<string> Shapes => PublishedAppHost.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_manifest_is_one_of_Aspires(string shape)
    {
        var schema = Schema("aspire-8.0.json");
        var manifest = await appHost.ManifestAsync(shape);
        Check(schema, await File.ReadAllTextAsync(manifest.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_azd_is_told_of_the_project_is_as_it_wants_it()
    {
        var schema = Schema("azure.yaml.json");
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "azure.yaml"), TestContext.Current.CancellationToken);
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(new DeserializerBuilder().Build().Deserialize<object>(text));
        Check(schema, json);
    }

    [Fact]
    public void Azd_finds_one_service_which_is_the_AppHost()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "azure.yaml"));
        var project = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(text);
        var service = Assert.Single((Dictionary<object, object>)project["services"]);
        var settings = (Dictionary<object, object>)service.Value;
        Assert.Equal(("dotnet", "containerapp"), (settings["language"], settings["host"]));
        Assert.True(File.Exists(Path.Combine(Repository.Root, (string)settings["project"])));
    }

    private static JsonSchema Schema(string name)
    {
        var path = Path.Combine(Repository.Root, Folder, name);
        Assert.SkipUnless(File.Exists(path), $"The schema {name} is not beside the checkout, in {Folder}.");

        // A registry of its own: the same schema is not to be had twice in one.
        return JsonSchema.FromFile(path, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    private static void Check(JsonSchema schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        var result = schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, string.Join('\n', result.Details!.Where(detail => detail.Errors is not null).Select(detail => $"{detail.InstanceLocation}: {JsonSerializer.Serialize(detail.Errors)}")));
    }
}
