using HdrHistogram;

namespace MovieFriends.KafkaToNeo4j.Telemetry;

/// <summary>
/// Percentiles of the latencies of the last five to ten seconds: one histogram is filled, the one before it is kept, and every five
/// seconds they change places. Thread-safe. Recording allocates nothing.
/// </summary>
internal sealed class RecentLatencies(TimeProvider time)
{
    private const long LongestMilliseconds = 24 * 60 * 60 * 1000;
    private const int SignificantDigits = 2;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private LongHistogram _filled = new(LongestMilliseconds, SignificantDigits);
    private LongHistogram _before = new(LongestMilliseconds, SignificantDigits);
    private long _began = time.GetTimestamp();

    /// <summary>Takes the event times of messages that were committed together.</summary>
    /// <param name="eventTimes">In seconds since 1970.</param>
    /// <param name="committed">When they were committed.</param>
    public void Record(List<double> eventTimes, DateTimeOffset committed)
    {
        var now = committed.ToUnixTimeMilliseconds();
        lock (_lock)
        {
            Turn();
            foreach (var seconds in eventTimes)
                _filled.RecordValue(Math.Clamp(now - (long)(seconds * 1000), 0, LongestMilliseconds));
        }
    }

    /// <summary>Percentiles in seconds.</summary>
    /// <returns>Null if nothing was recorded lately.</returns>
    public (double P50, double P99)? Read()
    {
        lock (_lock)
        {
            Turn();
            if (_filled.TotalCount + _before.TotalCount == 0)
                return null;

            var both = (LongHistogram)_filled.Copy();
            both.Add(_before);
            return (both.GetValueAtPercentile(50) / 1000.0, both.GetValueAtPercentile(99) / 1000.0);
        }
    }

    private void Turn()
    {
        var periods = time.GetElapsedTime(_began) / s_period;
        if (periods < 1)
            return;

        (_filled, _before) = (_before, _filled);
        _filled.Reset();
        if (periods >= 2)
            _before.Reset();
        _began = time.GetTimestamp();
    }
}
