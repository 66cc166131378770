using Microsoft.Extensions.Logging;

namespace MovieFriends.Extensions;

/// <summary>Logs a progress line of one stage at a fixed interval, and a last one when disposed.</summary>
public sealed class ProgressReporter : IDisposable
{
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly string _stage;
    private readonly string _unit;
    private readonly Func<long>? _count;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long _total;
    private long _done;
    private long _lastDone = -1;
    private long _lastTimestamp;
    private bool _disposed;

    /// <summary>Starts a stage.</summary>
    /// <param name="logger">Where to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="interval">Time between two lines.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="total">Units to do; 0 if there is no end.</param>
    /// <param name="count">Says how many are done, where something else counts them already.</param>
    public ProgressReporter(ILogger logger, TimeProvider time, TimeSpan interval, string stage, string unit, long total, Func<long>? count = null)
    {
        _logger = logger;
        _time = time;
        _stage = stage;
        _unit = unit;
        _count = count;
        _total = total;
        _lastTimestamp = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((ProgressReporter)state!).Log(final: false), this, interval, interval);
    }

    /// <summary>Units done so far.</summary>
    public long Done => _count?.Invoke() ?? Interlocked.Read(ref _done);

    /// <summary>Counts units as done; may be called from any thread.</summary>
    public void Add(long units) => Interlocked.Add(ref _done, units);

    /// <summary>Changes the number of units to do, where it becomes known later.</summary>
    public void ExpectTotal(long total) => Interlocked.Exchange(ref _total, total);

    /// <summary>Sets both counts, where something else keeps them.</summary>
    public void Update(long done, long total)
    {
        Interlocked.Exchange(ref _done, done);
        Interlocked.Exchange(ref _total, total);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Log(final: true);
    }

    private void Log(bool final)
    {
        lock (_lock)
        {
            var done = Done;
            if (_disposed || (final && done == _lastDone))
                return;

            _disposed = final;
            var now = _time.GetTimestamp();
            var seconds = Math.Max(_time.GetElapsedTime(_lastTimestamp, now).TotalSeconds, 1e-3);
            StageLog.Progress(_logger, _stage, done, Interlocked.Read(ref _total), _unit, (done - Math.Max(_lastDone, 0)) / seconds);
            _lastDone = done;
            _lastTimestamp = now;
        }
    }
}
