using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MovieFriends.Hosting.Terminal;

internal static class TerminalHostBuilderExtensions
{
    /// <summary>Sets what an application that a person starts on a terminal wants of Aspire's host, where nobody has said otherwise.</summary>
    public static void AddTerminalHost(this IDistributedApplicationBuilder builder)
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
        builder.StartBuiltPrograms();
    }

    /// <summary>Sets a value that is absent or empty.</summary>
    public static void Default(this ConfigurationManager configuration, string key, string value)
    {
        if (string.IsNullOrEmpty(configuration[key]))
            configuration[key] = value;
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
}
