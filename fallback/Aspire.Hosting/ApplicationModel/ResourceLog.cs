using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The log of one resource: the last lines, and those who follow it.</summary>
internal sealed class ResourceLog : ILogger
{
    private const int BacklogLines = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _backlog = new();
    private readonly List<Channel<LogLine>> _followers = [];
    private int _lineNumber;
    private bool _complete;

    public void Add(string content, bool isError)
    {
        lock (_lock)
        {
            // A restarted resource writes on.
            _complete = false;
            var line = new LogLine(++_lineNumber, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {content}"), isError);
            _backlog.Enqueue(line);
            if (_backlog.Count > BacklogLines)
                _backlog.Dequeue();
            foreach (var follower in _followers)
                follower.Writer.TryWrite(line);
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
            foreach (var follower in _followers)
                follower.Writer.TryComplete();
            _followers.Clear();
        }
    }

    public void Clear()
    {
        lock (_lock)
            _backlog.Clear();
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            foreach (var line in _backlog)
                channel.Writer.TryWrite(line);
            if (follow && !_complete)
                _followers.Add(channel);
            else
                channel.Writer.Complete();
        }
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
                _followers.Remove(channel);
        }
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var text = formatter(state, exception);
        Add(exception is null ? text : $"{text}{Environment.NewLine}{exception}", logLevel >= LogLevel.Error);
    }
}
