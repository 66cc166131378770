using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace MovieFriends.Hosting.Terminal;

/// <summary>Shows what of the AppHost's own log matters to a person, as plain lines that leave whole what is redrawn on a terminal.</summary>
internal sealed class TerminalLoggerProvider(IAnsiConsole console) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(console, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(IAnsiConsole console, string category) : ILogger
    {
        private readonly bool _showsInformation = category.StartsWith("MovieFriends.", StringComparison.Ordinal);

        // The address of the dashboard comes in one of its lines. Its errors are about resources, and those are explained in other words.
        private readonly bool _isHost = category.StartsWith("Aspire.Hosting", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel >= LogLevel.Warning ? !(_isHost && logLevel == LogLevel.Error) : logLevel == LogLevel.Information && (_showsInformation || _isHost);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Whoever stops the application before it has started is told of a start that failed.
            if (!IsEnabled(logLevel) || exception is OperationCanceledException)
                return;

            var message = formatter(state, exception);
            if (_showsInformation || (_isHost ? MattersOfHost(logLevel, message) : logLevel >= LogLevel.Warning))
                console.WriteLine(exception is null ? message : $"{message} {exception.Message}");
        }

        // Everything is served on the loopback without TLS, so nobody needs a certificate. The host repeats the address in a block of lines.
        private static bool MattersOfHost(LogLevel logLevel, string message) => logLevel >= LogLevel.Warning
            ? !message.Contains("aka.ms/aspire/devcerts", StringComparison.Ordinal)
            : message.Contains("/login?t=", StringComparison.Ordinal) && !message.Contains('\n', StringComparison.Ordinal);
    }
}
