using System.Globalization;
using Microsoft.Extensions.Logging;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Keeps what a service in this process logs, each entry as the one line that its console would show.</summary>
internal sealed class ServiceLog : ILoggerProvider
{
    private static readonly string[] s_levels = ["trce", "dbug", "info", "warn", "fail", "crit"];

    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Adds lines that are no log entries.</summary>
    public void Add(string text)
    {
        lock (_lines)
            _lines.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Category(ServiceLog log, string name) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var now = DateTime.Now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            log.Add($"{now} {s_levels[(int)logLevel]}: {name}[{eventId.Id}] {formatter(state, exception)} {exception}".TrimEnd().ReplaceLineEndings(" "));
        }
    }
}
