using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace MovieFriends.AppHost.Demo;

/// <summary>Shows what of the AppHost's own log matters during a demo, as plain lines that leave the progress bars whole.</summary>
internal sealed class DemoLoggerProvider(IAnsiConsole console) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(console, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(IAnsiConsole console, string category) : ILogger
    {
        private readonly bool showsInformation = category.StartsWith("MovieFriends.", StringComparison.Ordinal);

        // The address of the dashboard comes in one of these.
        private readonly bool mayShowLogin = category.StartsWith("Aspire.Hosting", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel >= LogLevel.Warning || (logLevel == LogLevel.Information && (showsInformation || mayShowLogin));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;

            var message = formatter(state, exception);
            if (logLevel >= LogLevel.Warning || showsInformation || message.Contains("/login?t=", StringComparison.Ordinal))
                console.WriteLine(exception is null ? message : $"{message} {exception.Message}");
        }
    }
}
