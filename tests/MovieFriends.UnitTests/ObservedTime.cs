using Microsoft.Extensions.Time.Testing;

namespace MovieFriends.UnitTests;

/// <summary>A clock that stands still until a test moves it, and says how many timers wait for that.</summary>
internal sealed class ObservedTime : FakeTimeProvider
{
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    // What waits on this clock makes a timer that fires once.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period > TimeSpan.Zero)
            return base.CreateTimer(callback, state, dueTime, period);

        var timer = base.CreateTimer(
            s =>
            {
                Interlocked.Decrement(ref _waiting);
                callback(s);
            },
            state,
            dueTime,
            period);
        Interlocked.Increment(ref _waiting);
        return timer;
    }
}
