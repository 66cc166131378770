namespace Neo4j.Driver.Tests.FakeServer;

/// <summary>A clock on which every wait is over at once, and has taken its time.</summary>
internal sealed class InstantTime : TimeProvider
{
    private readonly DateTimeOffset _start = new(2017, 1, 12, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => _elapsed += time;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => _start + _elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        _elapsed += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Elapsed();
    }

    private sealed class Elapsed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
