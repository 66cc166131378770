using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Health;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The services every application has.</summary>
internal static class HostServices
{
    public static void Add(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton(s => new ResourceCommandService(s));
        services.AddHealthChecks();
        services.Configure<PublishingOptions>(builder.Configuration.GetSection(PublishingOptions.Publishing));
        services.Configure<ResourceNotificationServiceOptions>(o => o.DefaultWaitBehavior =
            options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        if (builder.ExecutionContext.IsPublishMode)
            services.AddHostedService<ManifestPublisher>();
        else
            AddLocalHost(builder, options);
    }

    private static void AddLocalHost(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var services = builder.Services;
        services.AddSingleton<RunFolder>();
        services.AddSingleton<SecretValues>();
        services.AddSingleton(s => new LaunchSpec(builder.ExecutionContext, builder.Environment, s.GetRequiredService<SecretValues>(), builder.AppHostAssembly));
        services.AddSingleton<ResourceLauncher>();
        // Stopped in reverse: the processes first, then those who look on.
        if (!options.DisableDashboard)
            AddDashboard(builder);
        if (options.EnableResourceLogging)
            services.AddHostedService<ResourceLogForwarder>();
        services.AddHostedService<ResourceHealthService>();
        services.AddHostedService<LocalOrchestrator>();
    }

    private static void AddDashboard(DistributedApplicationBuilder builder)
    {
        if (DashboardProgram.Find(builder.AppHostDirectory) is null)
        {
            builder.Services.AddHostedService<DashboardMissing>();
            return;
        }
        var dashboard = DashboardOptions.From(builder.Configuration);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = dashboard.OtlpGrpcUrl,
            ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = dashboard.OtlpHttpUrl,
            ["AppHost:OtlpApiKey"] = dashboard.OtlpApiKey,
            ["AppHost:BrowserToken"] = dashboard.BrowserToken,
        });
        builder.Services.AddSingleton(dashboard);
        AddResourceService(builder);
        builder.Services.AddHostedService<DashboardHost>();
    }

    /// <summary>Before the dashboard, which is told where it is.</summary>
    internal static void AddResourceService(DistributedApplicationBuilder builder)
    {
        // What a request to this server is worth saying of, its own code says.
        builder.Logging.AddFilter("Grpc", LogLevel.Error).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(s => ResourceServiceOptions.From(s.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<ResourceServiceHost>();
        builder.Services.AddHostedService(s => s.GetRequiredService<ResourceServiceHost>());
    }
}
