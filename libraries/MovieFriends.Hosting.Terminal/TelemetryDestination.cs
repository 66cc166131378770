namespace MovieFriends.Hosting.Terminal;

internal static class TelemetryDestination
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Without the dashboard nobody listens where services would send their telemetry, and each would wait for it at its end. They send it to
    /// the collector that the AppHost's own environment names, if there is one.
    /// </summary>
    public static void ExportPastTheDashboard(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;
        foreach (var service in builder.Resources.OfType<ProjectResource>())
            builder.CreateResourceBuilder(service).WithEnvironment(Endpoint, builder.Configuration[Endpoint] ?? string.Empty);
    }
}
