using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults;
using MovieFriends.ServiceDefaults.Configuration;
using Xunit;

namespace MovieFriends.UnitTests.ServiceDefaults;

public sealed class TelemetrySettingsTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4317", "must be an address that begins with http:// or https://")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector", "must be an address that begins with http:// or https://")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "must be one of grpc, http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "must be a whole number of milliseconds")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "fast", "must be a whole number")]
    public void A_value_that_cannot_be_read_is_named(string key, string value, string rule)
    {
        var problem = TelemetrySettings.Problem(Settings((key, value)));

        Assert.StartsWith($"{key} = '{value}': {rule}", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10000")]
    public void What_can_be_read_is_no_problem(string key, string value) => Assert.Null(TelemetrySettings.Problem(Settings((key, value))));

    [Fact]
    public void A_service_refuses_to_start_with_it()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "localhost:4317";

        var error = Assert.Throws<ConfigurationException>(() => builder.AddServiceDefaults());

        Assert.StartsWith("OTEL_EXPORTER_OTLP_ENDPOINT = 'localhost:4317'", error.Message, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Settings(params (string Key, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, v.Value))).Build();
}
