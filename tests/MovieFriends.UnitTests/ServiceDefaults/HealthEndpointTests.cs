using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MovieFriends.ServiceDefaults;
using Xunit;

namespace MovieFriends.UnitTests.ServiceDefaults;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task A_service_that_is_not_ready_says_why_and_is_alive()
    {
        await using var app = await StartAsync(HealthCheckResult.Unhealthy("Kafka does not answer: refused", new InvalidOperationException("inner")));

        var (code, ready) = await GetAsync(app, "/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (code, ready.GetProperty("status").GetString()));
        var kafka = ready.GetProperty("checks").GetProperty("kafka");
        Assert.Equal(("Unhealthy", "Kafka does not answer: refused"), (kafka.GetProperty("status").GetString(), kafka.GetProperty("description").GetString()));
        Assert.DoesNotContain("inner", ready.ToString(), StringComparison.Ordinal);

        var (aliveCode, alive) = await GetAsync(app, "/alive");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (aliveCode, alive.GetProperty("status").GetString()));
        Assert.False(alive.GetProperty("checks").TryGetProperty("kafka", out _));
    }

    [Fact]
    public async Task A_service_that_is_ready_says_so()
    {
        await using var app = await StartAsync(HealthCheckResult.Healthy());

        var (code, ready) = await GetAsync(app, "/health");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (code, ready.GetProperty("status").GetString()));
    }

    private static async Task<WebApplication> StartAsync(HealthCheckResult kafka)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Services.AddHealthChecks().AddCheck("kafka", () => kafka);
        var app = builder.Build().MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Code, JsonElement Body)> GetAsync(WebApplication app, string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(new Uri(app.Urls.Single()), path), TestContext.Current.CancellationToken);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (response.StatusCode, body.RootElement.Clone());
    }
}
