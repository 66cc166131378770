using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieFriends.AppHost.Servers;
using MovieFriends.Hosting.Terminal;

namespace MovieFriends.AppHost;

internal static class HostDefaults
{
    /// <summary>Where local servers keep their data, relative to the repository.</summary>
    public const string DataFolder = "artifacts/servers";

    /// <summary>Sets what this application wants of Aspire's host where nobody has said otherwise.</summary>
    public static void AddHostDefaults(this IDistributedApplicationBuilder builder)
    {
        // Dashboard and telemetry are served on free ports of the loopback, without TLS.
        builder.Configuration.Default("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true");

        // The orchestrator would stop services and servers only after this process has ended, and whoever started it could not know when.
        builder.Configuration.Default("DcpPublisher:WaitForResourceCleanup", "true");
        builder.Services.PostConfigure<LoggerFilterOptions>(KeepValuesOutOfLogs);
        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            AskForNoCertificates(start.Model);
            return Task.CompletedTask;
        });

        // It would write every check of a server that is still starting as an error.
        if (builder.ExecutionContext.IsRunMode)
            builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        builder.Configuration.Default(AppHostSettings.DataPath, DataFolder);
        builder.Configuration.Default(AppHostSettings.PackagesPath, NpmServers.PackagesFolder);
        ResolvePaths(builder.Configuration, builder.RepositoryPath("."));
        ProducerSource.Check(builder.Configuration);
        builder.StartBuiltPrograms();
    }

    /// <summary>A path relative to the repository, which is the folder above the AppHost's.</summary>
    public static string RepositoryPath(this IDistributedApplicationBuilder builder, string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", path)));

    /// <summary>Where the local servers of this run keep their data; tells runs of one checkout from each other.</summary>
    public static string DataPath(this IDistributedApplicationBuilder builder) => builder.Configuration[AppHostSettings.DataPath]!;

    /// <summary>Gives settings that are paths the full path: each service runs in a folder of its own.</summary>
    internal static void ResolvePaths(IConfiguration configuration, string repository)
    {
        foreach (var (key, value) in configuration.AsEnumerable().Where(setting => setting.Value is not null && PathSettings.IsPath(setting.Key)).ToArray())
            configuration[key] = PathSettings.Resolve(value!, repository);
    }

    /// <summary>At Trace the host writes every value of every resource, connection strings with their passwords among them: that is Debug here. What is set otherwise stays.</summary>
    internal static void KeepValuesOutOfLogs(LoggerFilterOptions options)
    {
        var category = typeof(ResourceNotificationService).FullName!;
        var rules = options.Rules
            .Where(rule => rule.CategoryName is null || category.StartsWith(rule.CategoryName, StringComparison.OrdinalIgnoreCase))
            .GroupBy(rule => rule.ProviderName, rule => rule, (provider, ofProvider) => (Provider: provider, Rule: ofProvider.MaxBy(rule => rule.CategoryName?.Length ?? 0)!))
            .ToList();
        foreach (var (provider, _) in rules.Where(last => last.Rule.LogLevel == LogLevel.Trace))
            options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Debug, filter: null));
        if (options.MinLevel == LogLevel.Trace && rules.TrueForAll(last => last.Provider is not null))
            options.Rules.Add(new LoggerFilterRule(null, category, LogLevel.Debug, filter: null));
    }

    // No service speaks TLS on the loopback; the host would warn of a certificate that nobody needs.
    private static void AskForNoCertificates(DistributedApplicationModel model)
    {
#pragma warning disable ASPIRECERTIFICATES001 // Evaluation only: there is no other way to say it for all services.
        foreach (var project in model.Resources.OfType<ProjectResource>())
        {
            foreach (var certificate in project.Annotations.OfType<HttpsCertificateConfigurationCallbackAnnotation>().ToArray())
                project.Annotations.Remove(certificate);
        }
#pragma warning restore ASPIRECERTIFICATES001
    }

    private static void Default(this ConfigurationManager configuration, string key, string value)
    {
        if (string.IsNullOrEmpty(configuration[key]))
            configuration[key] = value;
    }
}
