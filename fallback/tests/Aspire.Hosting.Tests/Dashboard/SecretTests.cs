using Aspire.Hosting.Dashboard;
using Google.Protobuf;

namespace Aspire.Hosting.Tests.Dashboard;

public sealed class SecretTests
{
    [Fact]
    public async Task A_secret_leaves_the_host_under_its_mark_only()
    {
        const string Secret = "s3cret/of-this&run";
        await using var host = new TestHost(new() { ["Parameters:password"] = Secret }, withResourceService: true);
        var password = host.Builder.AddParameter("password", secret: true);
        var graph = host.Builder.AddConnectionString("graph", ReferenceExpression.Create($"Endpoint=bolt://localhost;Password={password}"));
        host.Add("server", "serve").WithReference(graph)
            .WithEnvironment("PLAIN", "green")
            .WithEnvironment("PART", $"user/{password}/x")
            .WithEnvironment("ADDRESS", $"http://user:{password:uri}@host/")
            .WithEnvironment(c => c.EnvironmentVariables["COPIED"] = Secret)
            .WithArgs("--level", "3", $"--key={Secret}");
        await host.StartAsync();
        using var client = await ResourceClient.ConnectAsync(host.Application);

        var server = await client.ReachAsync("server", KnownResourceStates.Running);
        var variables = server.Environment.Where(v => v.IsFromSpec).ToDictionary(v => v.Name, v => v.Value);
        Assert.Equal("green", variables["PLAIN"]);
        Assert.Equal($"user/{SecretValues.Mask}/x", variables["PART"]);
        Assert.Equal($"http://user:{SecretValues.Mask}@host/", variables["ADDRESS"]);
        Assert.Equal(SecretValues.Mask, variables["COPIED"]);
        Assert.Equal($"Endpoint=bolt://localhost;Password={SecretValues.Mask}", variables["ConnectionStrings__graph"]);
        Assert.True(ResourceClient.Property(server, "resource.appArgs")!.IsSensitive);
        Assert.Equal([0, 0, 0, 0, 0, 1], ResourceClient.Property(server, "resource.appArgsSensitivity")!.Value.ListValue.Values.Select(v => v.NumberValue));

        // Shown to who asks for it, as by the official host.
        var parameter = await client.ReachAsync("password", KnownResourceStates.Running);
        Assert.True(ResourceClient.Property(parameter, "Value") is { IsSensitive: true, Value.StringValue: Secret });
        var connection = await client.ReachAsync("graph", KnownResourceStates.Running);
        Assert.True(ResourceClient.Property(connection, "resource.connectionString") is { IsSensitive: true });
        foreach (var resource in new[] { server, parameter, connection })
        {
            foreach (var marked in resource.Properties.Where(p => p.IsSensitive).ToArray())
                resource.Properties.Remove(marked);
            Assert.DoesNotContain(Secret, resource.ToString(), StringComparison.Ordinal);
            Assert.Equal(-1, resource.ToByteArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret)));
        }
    }

    [Theory]
    [InlineData("KAFKA_PASSWORD", "abc", SecretValues.Mask)]
    [InlineData("Kafka__SslKeyPassword", "abc", SecretValues.Mask)]
    [InlineData("AWS_SECRET_ACCESS_KEY", "abc", SecretValues.Mask)]
    [InlineData("GITHUB_TOKEN", "abc", SecretValues.Mask)]
    [InlineData("ApiKey", "abc", SecretValues.Mask)]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=abc", SecretValues.Mask)]
    [InlineData("HAS_PASSWORD", "true", "true")]
    [InlineData("PASSWORD", "", "")]
    [InlineData("PWD", "/home/me", "/home/me")]
    [InlineData("KEYBOARD", "de", "de")]
    [InlineData("GRAPH", "Endpoint=bolt://h:1;Username=neo4j;Password=abc;Database=neo4j", "Endpoint=bolt://h:1;Username=neo4j;Password=" + SecretValues.Mask + ";Database=neo4j")]
    [InlineData("PROXY", "http://me:abc@proxy:3128/", "http://me:" + SecretValues.Mask + "@proxy:3128/")]
    [InlineData("JAVA_OPTIONS", "-Dstore.keyStorePassword=abc -Xmx1g", "-Dstore.keyStorePassword=" + SecretValues.Mask + " -Xmx1g")]
    [InlineData("SERVERS", "localhost:9092,localhost:9093", "localhost:9092,localhost:9093")]
    [InlineData("URLS", "http://localhost:1234;https://localhost:1235", "http://localhost:1234;https://localhost:1235")]
    [InlineData("GIVEN", "the word given before", "the word " + SecretValues.Mask + " before")]
    [InlineData("SHORT", "x1", SecretValues.Mask)]
    [InlineData("SHORT_PART", "x1y", "x1y")]
    public void Passwords_are_known_by_name_by_form_and_by_value(string name, string value, string shown)
    {
        var secrets = new SecretValues();
        secrets.Add("given");
        secrets.Add("x1");
        secrets.Add(null);
        Assert.Equal(shown, secrets.HideIn(name, value));
    }
}
