using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MovieFriends.ServiceDefaults;

/// <summary>What every service of the solution has: telemetry, health endpoints, service discovery, resilience.</summary>
public static class Extensions
{
    // Clients of the exporters, which repeat by themselves what fails. The resilience that other clients have would only write two lines for each export.
    private static readonly string[] s_exporters = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    /// <summary>Adds the defaults.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="telemetryNames">Names of the service's own activity sources and meters.</param>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder, params string[] telemetryNames)
        where TBuilder : IHostApplicationBuilder
    {
        LoopbackProxy.Bypass();
        builder.ConfigureOpenTelemetry(telemetryNames);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddProgressOptions();
        // Four lines for each probe, every second, would bury what the service itself has to say.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // It would write the same line at each probe; what a check watches over says once that it changed.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddSingleton<Hosting.ServiceExit>();
        return builder;
    }

    /// <summary>Maps readiness and liveness.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(ServiceEndpoints.Health, new HealthCheckOptions { ResponseWriter = HealthReportJson.WriteAsync });
        app.MapHealthChecks(ServiceEndpoints.Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains("live"), ResponseWriter = HealthReportJson.WriteAsync });
        return app;
    }

    /// <summary>Maps what the service has done so far, as JSON.</summary>
    public static WebApplication MapStatus<T>(this WebApplication app, Func<T> status, JsonTypeInfo<T> type)
    {
        app.MapGet(ServiceEndpoints.Status, () => TypedResults.Json(status(), type)).DisableHttpMetrics();
        return app;
    }

    private static void ConfigureOpenTelemetry<TBuilder>(this TBuilder builder, string[] telemetryNames)
        where TBuilder : IHostApplicationBuilder
    {
        // Where nobody takes it, nothing is made: no span has a listener, no instrument a reader.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        if (TelemetrySettings.Problem(builder.Configuration) is { } problem)
            throw new ConfigurationException(problem);

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(telemetryNames))
            .WithTracing(tracing => tracing
                .AddSource([Hosting.RunTelemetry.Name, .. telemetryNames])
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation());

        builder.Services.AddOpenTelemetry().UseOtlpExporter();
        foreach (var client in s_exporters)
            builder.Services.AddHttpClient(client).ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear());
    }

    private static bool IsProbe(PathString path) =>
        path.StartsWithSegments(ServiceEndpoints.Health, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(ServiceEndpoints.Alive, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(ServiceEndpoints.Status, StringComparison.OrdinalIgnoreCase);
}
