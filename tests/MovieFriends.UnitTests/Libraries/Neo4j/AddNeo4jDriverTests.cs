using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class AddNeo4jDriverTests
{
    [Fact]
    public void A_host_needs_nothing_else_to_use_the_driver()
    {
        using var host = Build(builder => builder.AddNeo4jDriver("people"));

        Assert.NotNull(host.Services.GetRequiredService<IDriver>());
        Assert.NotNull(host.Services.GetRequiredService<GraphRetry>());
        Assert.NotNull(host.Services.GetRequiredService<Neo4jTelemetry>());
        Assert.Equal("people", host.Services.GetRequiredService<Neo4jDriverSettings>().Database);
    }

    [Fact]
    public void Keyed_drivers_stand_beside_each_other_and_beside_one_without_a_key()
    {
        using var host = Build(builder =>
        {
            builder.AddNeo4jDriver("people");
            builder.AddKeyedNeo4jDriver("movies");
            builder.AddKeyedNeo4jDriver("people");
        });

        string?[] keys = [null, "movies", "people"];
        Assert.Equal(3, keys.Select(key => host.Services.GetRequiredKeyedService<IDriver>(key)).Distinct().Count());
        Assert.Equal(3, keys.Select(key => host.Services.GetRequiredKeyedService<GraphRetry>(key)).Distinct().Count());
        Assert.Equal(3, keys.Select(key => host.Services.GetRequiredKeyedService<Neo4jTelemetry>(key)).Distinct().Count());
        Assert.Equal(["people", "movies", "people"], keys.Select(key => host.Services.GetRequiredKeyedService<Neo4jDriverSettings>(key).Database));
    }

    [Fact]
    public void Each_driver_has_a_health_check_of_its_own_unless_its_settings_leave_it_out()
    {
        using var host = Build(
            builder =>
            {
                builder.AddNeo4jDriver("people");
                builder.AddKeyedNeo4jDriver("movies");
                builder.AddKeyedNeo4jDriver("reviews");
            },
            ("Aspire:Neo4j:Driver:reviews:DisableHealthChecks", "true"));

        Assert.Equal(["neo4j", "neo4j_movies"], host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name));
    }

    [Fact]
    public async Task A_health_check_asks_its_own_driver()
    {
        using var host = Build(builder => builder.AddKeyedNeo4jDriver("movies"));

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("neo4j_movies", HealthStatus.Unhealthy), (Assert.Single(report.Entries).Key, report.Status));
    }

    [Fact]
    public void Settings_of_a_driver_override_those_of_all_and_code_overrides_both()
    {
        using var host = Build(
            builder =>
            {
                builder.AddKeyedNeo4jDriver("movies", settings => settings.DisableRetry = true);
                builder.AddKeyedNeo4jDriver("people");
            },
            ("Aspire:Neo4j:Driver:MaxConnectionPoolSize", "20"),
            ("Aspire:Neo4j:Driver:ConnectionTimeout", "00:00:03"),
            ("Aspire:Neo4j:Driver:movies:MaxConnectionPoolSize", "5"),
            ("Aspire:Neo4j:Driver:movies:DisableRetry", "false"));

        var (movies, people) = (host.Services.GetRequiredKeyedService<Neo4jDriverSettings>("movies"), host.Services.GetRequiredKeyedService<Neo4jDriverSettings>("people"));
        Assert.Equal((5, 20), (movies.MaxConnectionPoolSize, people.MaxConnectionPoolSize));
        Assert.Equal((3, 3), (movies.ConnectionTimeout.Seconds, people.ConnectionTimeout.Seconds));
        Assert.Equal((true, false), (movies.DisableRetry, people.DisableRetry));
    }

    [Fact]
    public void A_driver_without_a_key_has_settings_by_the_name_of_its_connection_too()
    {
        using var host = Build(builder => builder.AddNeo4jDriver("people"), ("Aspire:Neo4j:Driver:people:MaxConnectionPoolSize", "5"));

        Assert.Equal(5, host.Services.GetRequiredService<Neo4jDriverSettings>().MaxConnectionPoolSize);
    }

    [Theory]
    [InlineData("Aspire:Neo4j:Driver:movies:MaxConnectionPoolSize", "0", "Aspire:Neo4j:Driver:movies:MaxConnectionPoolSize = '0': ")]
    [InlineData("Aspire:Neo4j:Driver:MaxConnectionPoolSize", "0", "Aspire:Neo4j:Driver:MaxConnectionPoolSize = '0': ")]
    [InlineData("Aspire:Neo4j:Driver:movies:Timeout", "1", "Aspire:Neo4j:Driver:movies:Timeout is not an option; ")]
    [InlineData("Aspire:Neo4j:Driver:Timeout", "1", "Aspire:Neo4j:Driver:Timeout is not an option; ")]
    [InlineData("Aspire:Neo4j:Driver:movies:DisableRetry", "never", "Aspire:Neo4j:Driver:movies:DisableRetry = 'never': must be true or false.")]
    [InlineData("ConnectionStrings:movies", "", "ConnectionStrings:movies is missing; ")]
    public void A_wrong_setting_is_named_where_it_stands(string key, string value, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => Build(builder => builder.AddKeyedNeo4jDriver("movies"), (key, value)));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_driver_is_made_as_the_application_says_at_last()
    {
        using var host = Build(builder => builder.AddNeo4jDriver("people", configureDriver: driver => driver.WithMaxConnectionPoolSize(7)));
        await using var driver = host.Services.GetRequiredService<IDriver>();

        Assert.Equal(7, driver.Config.MaxConnectionPoolSize);
    }

    [Fact]
    public void The_schema_for_editors_has_every_setting()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "libraries", "MovieFriends.Neo4j", "ConfigurationSchema.json")))!;
        var settings = Neo4jDriverSettings.Section.Split(':').Aggregate(schema, (node, name) => node["properties"]![name]!)["properties"]!.AsObject();

        Assert.Equal(
            typeof(Neo4jDriverSettings).GetProperties().Where(setting => setting.CanWrite).Select(setting => (setting.Name, Type(setting.PropertyType))).Order(),
            settings.Select(setting => (setting.Key, setting.Value!["type"]!.GetValue<string>())).Order());

        static string Type(Type type) => type == typeof(bool) ? "boolean" : type == typeof(int) ? "integer" : "string";
    }

    private static IHost Build(Action<IHostApplicationBuilder> configure, params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        string[] names = ["movies", "people", "reviews"];
        builder.Configuration.AddInMemoryCollection(names.Select(name => KeyValuePair.Create($"ConnectionStrings:{name}", (string?)$"bolt://neo4j:secret@127.0.0.1:1/{name}")));
        builder.Configuration.AddInMemoryCollection(configuration.Select(c => KeyValuePair.Create(c.Key, c.Value)));
        configure(builder);
        return builder.Build();
    }
}
