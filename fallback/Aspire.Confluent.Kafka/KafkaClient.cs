using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Confluent.Kafka;

/// <summary>What producers and consumers are set up with alike.</summary>
internal static partial class KafkaClient
{
    private const string LogCategory = "Aspire.Confluent.Kafka";

    /// <summary>Reads the section, then its sub-section of the connection's name, and the connection string, which comes before both.</summary>
    public static void Bind(IConfiguration configuration, string section, string connectionName, object settings, ClientConfig config)
    {
        var all = configuration.GetSection(section);
        foreach (var level in (IConfigurationSection[])[all, all.GetSection(connectionName)])
        {
            level.Bind(settings);
            // A property without a setter is bound by hand: the client's own properties are not plain values.
            level.GetSection("Config").Bind(config);
        }
    }

    /// <exception cref="NotSupportedException">Something is on that this library does not have.</exception>
    public static void RefuseWhatIsLeftOut(bool metrics, bool tracing, bool healthChecks)
    {
        if (metrics || tracing || healthChecks)
            throw new NotSupportedException("This library has no metrics, spans or health checks of its own: set DisableMetrics, DisableTracing and DisableHealthChecks.");
    }

    /// <summary>A writer of what the client has to say into the application's log.</summary>
    public static Action<LogMessage> Log(IServiceProvider services)
    {
        var logger = Logger(services);
        return message =>
        {
            var level = (LogLevel)message.LevelAs(LogLevelType.MicrosoftExtensionsLogging);
            if (logger.IsEnabled(level))
                Line(logger, level, message.Message);
        };
    }

    /// <summary>Sets the handler of log messages, of which the client allows one: one that is there stays.</summary>
    public static void SetLogHandler(IServiceProvider services, Action set)
    {
        try
        {
            set();
        }
        catch (InvalidOperationException)
        {
            AlreadySet(Logger(services));
        }
    }

    private static ILogger Logger(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);

    [LoggerMessage("{Message}")]
    private static partial void Line(ILogger logger, LogLevel level, string message);

    [LoggerMessage(LogLevel.Warning, "The client has a log handler already, and keeps it; nothing of it is written here.")]
    private static partial void AlreadySet(ILogger logger);
}
