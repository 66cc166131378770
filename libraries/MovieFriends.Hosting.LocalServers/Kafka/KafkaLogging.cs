namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>
/// Everything goes to a rolling file beside the data. The console, which the dashboard shows, gets warnings and the lines that say
/// that a server has started or stopped.
/// </summary>
internal static class KafkaLogging
{
    private static readonly string[] s_loggers =
    [
        "kafka.server.KafkaServer",
        "kafka.server.KafkaRaftServer",
        "org.apache.zookeeper.server.NIOServerCnxnFactory",
    ];

    /// <summary>The Java option that names the settings.</summary>
    public static string Option(KafkaHome home, KafkaFiles files) => home.LogsWithLog4j2
        ? $"-Dlog4j2.configurationFile={new Uri(files.LogSettings).AbsoluteUri}"
        : $"-Dlog4j.configuration={new Uri(files.LogSettings).AbsoluteUri}";

    public static void Write(KafkaHome home, KafkaFiles files) =>
        (home.LogsWithLog4j2 ? Log4j2(files.Log) : Log4j(files.Log)).Write(files.LogSettings);

    private static SettingsFile Log4j(string log)
    {
        var settings = new SettingsFile()
            .Set("log4j.rootLogger", "INFO, file, warnings")
            .Set("log4j.appender.file", "org.apache.log4j.RollingFileAppender")
            .SetPath("log4j.appender.file.File", log)
            .Set("log4j.appender.file.MaxFileSize", "10MB")
            .Set("log4j.appender.file.MaxBackupIndex", 3)
            .Set("log4j.appender.file.layout", "org.apache.log4j.PatternLayout")
            .Set("log4j.appender.file.layout.ConversionPattern", "[%d] %p %m (%c)%n");
        foreach (var appender in new[] { "warnings", "told" })
        {
            settings
                .Set($"log4j.appender.{appender}", "org.apache.log4j.ConsoleAppender")
                .Set($"log4j.appender.{appender}.layout", "org.apache.log4j.PatternLayout")
                .Set($"log4j.appender.{appender}.layout.ConversionPattern", "%p %m (%c{1})%n");
        }

        settings.Set("log4j.appender.warnings.Threshold", "WARN");
        foreach (var logger in s_loggers)
        {
            settings
                .Set($"log4j.logger.{logger}", "INFO, file, told")
                .Set($"log4j.additivity.{logger}", false);
        }

        return settings;
    }

    private static SettingsFile Log4j2(string log)
    {
        var settings = new SettingsFile()
            .Set("status", "error")
            .Set("appender.file.type", "RollingFile")
            .Set("appender.file.name", "file")
            .SetPath("appender.file.fileName", log)
            .SetPath("appender.file.filePattern", log + ".%i")
            .Set("appender.file.layout.type", "PatternLayout")
            .Set("appender.file.layout.pattern", "[%d] %p %m (%c)%n")
            .Set("appender.file.policies.type", "Policies")
            .Set("appender.file.policies.size.type", "SizeBasedTriggeringPolicy")
            .Set("appender.file.policies.size.size", "10MB")
            .Set("appender.file.strategy.type", "DefaultRolloverStrategy")
            .Set("appender.file.strategy.max", 3)
            .Set("appender.console.type", "Console")
            .Set("appender.console.name", "console")
            .Set("appender.console.layout.type", "PatternLayout")
            .Set("appender.console.layout.pattern", "%p %m (%c{1})%n")
            .Set("rootLogger.level", "info")
            .Set("rootLogger.appenderRef.file.ref", "file")
            .Set("rootLogger.appenderRef.console.ref", "console")
            .Set("rootLogger.appenderRef.console.level", "warn");
        foreach (var logger in s_loggers)
        {
            var key = $"logger.{logger[(logger.LastIndexOf('.') + 1)..]}";
            settings
                .Set($"{key}.name", logger)
                .Set($"{key}.level", "info")
                .Set($"{key}.additivity", false)
                .Set($"{key}.appenderRef.file.ref", "file")
                .Set($"{key}.appenderRef.console.ref", "console");
        }

        return settings;
    }
}
