namespace Aspire.Hosting.Tests;

public sealed class ModelTests
{
    private static IDistributedApplicationBuilder Builder() => DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    [Fact]
    public async Task An_expression_is_a_value_at_run_time_and_a_name_in_the_manifest()
    {
        var builder = Builder();
        var user = builder.AddParameter("user", "neo 4j");
        var inner = ReferenceExpression.Create($"{{{user}}}");
        var outer = ReferenceExpression.Create($"a={inner};b={user:uri};c={"x y":uri}");
        Assert.Equal("a={neo 4j};b=neo%204j;c=x%20y", await outer.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("a={{user.value}};b={user.value};c=x%20y", outer.ValueExpression);
        Assert.Equal(2, outer.ValueProviders.Count);
    }

    [Fact]
    public async Task A_builder_appends_to_an_expression()
    {
        var expression = new ReferenceExpressionBuilder();
        Assert.True(expression.IsEmpty);
        expression.AppendLiteral("{");
        expression.Append($"x={Builder().AddParameter("p", "1")}");
        Assert.Equal("{x=1", await expression.Build().GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_endpoint_is_awaited_until_it_is_allocated()
    {
        var server = Builder().AddExecutable("server", "x", ".").WithEndpoint(scheme: "bolt", name: "bolt");
        var endpoint = server.GetEndpoint("bolt");
        var url = endpoint.GetValueAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(url.IsCompleted);
        server.WithEndpoint("bolt", e => e.AllocatedEndpoint = new AllocatedEndpoint(e, "localhost", 7687));
        Assert.Equal("bolt://localhost:7687", await url);
        Assert.Equal("127.0.0.1", await endpoint.Property(EndpointProperty.IPV4Host).GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("{server.bindings.bolt.targetPort}", endpoint.Property(EndpointProperty.TargetPort).ValueExpression);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("two--hyphens")]
    [InlineData("ends-")]
    [InlineData("under_score")]
    public void A_name_that_breaks_a_rule_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Builder().AddExecutable(name, "x", "."));

    [Fact]
    public void A_name_is_given_once()
    {
        var builder = Builder();
        builder.AddParameter("kafka", "x");
        Assert.Throws<DistributedApplicationException>(() => builder.AddConnectionString("Kafka"));
    }

    [Fact]
    public async Task A_missing_parameter_names_its_key()
    {
        var parameter = Builder().AddParameter("absent").Resource;
        var missing = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.GetValueAsync(CancellationToken.None));
        Assert.Contains("Parameters:absent", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_password_keeps_its_promises()
    {
        var password = new GenerateParameterDefault { MinLength = 20, Special = false, MinUpper = 3, MinNumeric = 4 }.GetDefaultValue();
        Assert.Equal(20, password.Length);
        Assert.True(password.Count(char.IsAsciiLetterUpper) >= 3);
        Assert.True(password.Count(char.IsAsciiDigit) >= 4);
        Assert.True(password.All(char.IsAsciiLetterOrDigit));
    }
}
