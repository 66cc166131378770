namespace MovieFriends.Simulation.Scheduling;

/// <summary>The clock of a simulated world: it stands still while steps are taken, and jumps when there are none.</summary>
internal sealed class SimulatedTime(Scheduler scheduler) : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2017, 1, 12, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    // Never zero, which some take for never.
    public override long GetTimestamp() => scheduler.Now + 1;

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(scheduler.Now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var context = SynchronizationContext.Current as Context ?? scheduler.World;
        var timer = new SimulatedTimer(scheduler, context, callback, state);
        if (context == scheduler.World || !scheduler.LosesTimer(dueTime))
            timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>A timer, which fires in the context in which it was made.</summary>
internal sealed class SimulatedTimer(Scheduler scheduler, Context context, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    /// <summary>When it fires; -1 if it does not.</summary>
    public long Due { get; set; } = -1;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        if (dueTime < TimeSpan.Zero)
            Due = -1;
        else
            scheduler.Add(this, dueTime);
        return true;
    }

    public void Fire(long due)
    {
        // Changed or disposed of since.
        if (due != Due || context.IsDead)
            return;

        Due = -1;
        if (_period > TimeSpan.Zero)
            scheduler.Add(this, _period);
        context.Post(_ => callback(state), null);
    }

    public void Dispose() => Due = -1;

    public ValueTask DisposeAsync()
    {
        Due = -1;
        return ValueTask.CompletedTask;
    }
}
