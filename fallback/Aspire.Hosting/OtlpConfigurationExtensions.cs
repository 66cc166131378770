using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Sends the telemetry of resources to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    private const string DevelopmentDelayMilliseconds = "1000";

    /// <summary>Sends the resource's telemetry to the dashboard.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder;
    }

    /// <summary>Sends the resource's telemetry to the dashboard by a certain protocol.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment
    {
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
        return builder;
    }

    /// <summary>Sends the resource's telemetry to the dashboard.</summary>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment) =>
        AddOtlpEnvironment(resource, configuration, environment, new OtlpExporterAnnotation());

    /// <summary>Sends the resource's telemetry to the dashboard by a certain protocol.</summary>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol protocol) =>
        AddOtlpEnvironment(resource, configuration, environment, new OtlpExporterAnnotation { RequiredProtocol = protocol });

    private static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpExporterAnnotation annotation)
    {
        foreach (var old in resource.Annotations.OfType<OtlpExporterAnnotation>().ToArray())
            resource.Annotations.Remove(old);
        resource.Annotations.Add(annotation);
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => Set(context, configuration, environment)));
    }

    private static void Set(EnvironmentCallbackContext context, IConfiguration configuration, IHostEnvironment environment)
    {
        if (context.ExecutionContext.IsPublishMode || !context.Resource.TryGetLastAnnotation<OtlpExporterAnnotation>(out var exporter))
            return;
        var variables = context.EnvironmentVariables;
        // Without a dashboard there is no endpoint, and nothing is sent anywhere.
        if (Endpoint(configuration, exporter.RequiredProtocol) is not var (url, protocol))
            return;
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        // Service name and instance id differ between replicas: they are set where a process is started.
        if (configuration["AppHost:OtlpApiKey"] is { } key)
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        if (!environment.IsDevelopment())
            return;
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = DevelopmentDelayMilliseconds;
        variables["OTEL_BSP_SCHEDULE_DELAY"] = DevelopmentDelayMilliseconds;
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = DevelopmentDelayMilliseconds;
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
    }

    private static (string Url, string Protocol)? Endpoint(IConfiguration configuration, OtlpProtocol? required)
    {
        var grpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"];
        var http = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];
        return required switch
        {
            OtlpProtocol.HttpProtobuf when http is not null => (http, "http/protobuf"),
            OtlpProtocol.HttpJson when http is not null => (http, "http/json"),
            _ when grpc is not null => (grpc, "grpc"),
            _ when http is not null => (http, "http/protobuf"),
            _ => null,
        };
    }
}
