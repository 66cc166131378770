using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Confluent.Kafka;

/// <summary>Writes what librdkafka has to say into the application's log.</summary>
internal sealed partial class KafkaLog(ILogger logger)
{
    public static KafkaLog From(IServiceProvider services) =>
        new(services.GetRequiredService<ILoggerFactory>().CreateLogger("Aspire.Confluent.Kafka"));

    public static void UnlessSet(Action set)
    {
        try
        {
            set();
        }
        catch (InvalidOperationException)
        {
            // The client's way of saying that there is a handler already.
        }
    }

    public void Write(LogMessage message)
    {
        var level = (LogLevel)message.LevelAs(LogLevelType.MicrosoftExtensionsLogging);
        if (logger.IsEnabled(level))
            Line(logger, level, message.Message);
    }

    [LoggerMessage("{Message}")]
    private static partial void Line(ILogger logger, LogLevel level, string message);
}
