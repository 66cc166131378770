using Microsoft.Extensions.Logging;
using MovieFriends.Simulation.Checking;

namespace MovieFriends.Simulation.Processes;

/// <summary>The engine's own log, as a part of the story. What it says does not count for the fingerprint: it is written only where a story is kept.</summary>
internal sealed class StoryLogs(Story story, string process) : ILoggerFactory, ILogger
{
    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        story.Note($"{process}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");

    public void Dispose()
    {
    }
}
