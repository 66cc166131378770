using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The log of one resource: the last lines, and those who follow it.</summary>
/// <remarks>The instances of a resource share it. A line has the id of the instance that printed it, or none if it is about all.</remarks>
internal sealed class ResourceLog : ILogger
{
    private const int BacklogLines = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<(LogLine Line, string? Instance)> _backlog = new();
    private readonly List<(Channel<LogLine> Channel, string? Instance)> _followers = [];
    private int _lineNumber;
    private bool _complete;

    public void Add(string content, bool isError, string? instance = null)
    {
        lock (_lock)
        {
            // A restarted resource writes on.
            _complete = false;
            var line = new LogLine(++_lineNumber, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {content}"), isError);
            _backlog.Enqueue((line, instance));
            if (_backlog.Count > BacklogLines)
                _backlog.Dequeue();
            foreach (var follower in _followers)
            {
                if (Concerns(instance, follower.Instance))
                    follower.Channel.Writer.TryWrite(line);
            }
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
            foreach (var follower in _followers)
                follower.Channel.Writer.TryComplete();
            _followers.Clear();
        }
    }

    public void Clear()
    {
        lock (_lock)
            _backlog.Clear();
    }

    /// <summary>The lines so far, and if asked for those to come, until the log is complete.</summary>
    /// <param name="follow">Whether to go on after the lines so far.</param>
    /// <param name="instance">Whose lines; those of all instances unless said.</param>
    /// <param name="bounded">Whether a reader that falls behind by more than the kept lines loses the oldest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(bool follow, string? instance = null, bool bounded = false, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = bounded
            ? Channel.CreateBounded<LogLine>(new BoundedChannelOptions(BacklogLines) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest })
            : Channel.CreateUnbounded<LogLine>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            foreach (var (line, from) in _backlog)
            {
                if (Concerns(from, instance))
                    channel.Writer.TryWrite(line);
            }
            if (follow && !_complete)
                _followers.Add((channel, instance));
            else
                channel.Writer.Complete();
        }
        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                // What comes while this is read belongs to the next batch: a reader has to get somewhere.
                var batch = new List<LogLine>();
                while (batch.Count < BacklogLines && channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
                _followers.Remove((channel, instance));
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

    private static bool Concerns(string? from, string? reader) => from is null || reader is null || string.Equals(from, reader, StringComparison.OrdinalIgnoreCase);
}
