using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace MovieFriends.AppHost.Terminal;

/// <summary>Shows what of the AppHost's own log matters on a terminal, as plain lines that leave whole what is redrawn there.</summary>
internal sealed class TerminalLoggerProvider(IAnsiConsole console) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(console, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(IAnsiConsole console, string category) : ILogger
    {
        private readonly bool showsInformation = category.StartsWith("MovieFriends.", StringComparison.Ordinal);

        // The address of the dashboard comes in one of its lines. Its errors are about resources, and those are explained in other words.
        private readonly bool isHost = category.StartsWith("Aspire.Hosting", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel >= LogLevel.Warning ? !(isHost && logLevel == LogLevel.Error) : logLevel == LogLevel.Information && (showsInformation || isHost);

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
