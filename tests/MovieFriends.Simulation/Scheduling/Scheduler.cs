namespace MovieFriends.Simulation.Scheduling;

/// <summary>
/// Decides what happens next in a simulated world: one step after the other, on one thread, drawn by the seed from all that could happen now. When
/// nothing can, time jumps to the next timer.
/// </summary>
internal sealed class Scheduler
{
    // Something that is due soon may come before what could happen now, as on a busy machine.
    private static readonly long s_soon = TimeSpan.FromMilliseconds(50).Ticks;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Step> _ready = [];
    private readonly PriorityQueue<SimulatedTimer, (long Due, long Number)> _timers = new();
    private long _timersMade;

    public Scheduler(long seed)
    {
        Random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        Time = new SimulatedTime(this);
        World = new Context(this, "world");
    }

    /// <summary>What the seed draws.</summary>
    public Random Random { get; private set; }

    public SimulatedTime Time { get; }

    /// <summary>Where servers and faults live.</summary>
    public Context World { get; }

    /// <summary>Ticks since the beginning.</summary>
    public long Now { get; private set; }

    public TimeSpan Elapsed => TimeSpan.FromTicks(Now);

    public long Steps { get; private set; }

    /// <summary>Where a continuation ran that left the simulation for the thread pool; null if none did.</summary>
    public string? Escape { get; private set; }

    /// <summary>Whether the run is over: nothing more happens, and whoever blocks gets an exception.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether a timer of a process gets lost, which only a planted fault does.</summary>
    public Func<TimeSpan, bool> LosesTimer { get; set; } = static _ => false;

    /// <summary>Whether a process never hears of what it awaits, which only a planted fault does.</summary>
    public Func<bool> LosesWakeUp { get; set; } = static () => false;

    /// <summary>Processes within calls that block, the outermost first.</summary>
    public List<Context> Blocked { get; } = [];

    /// <summary>Is done after every step.</summary>
    public Action AfterStep { get; set; } = static () => { };

    /// <summary>From here on something else is drawn.</summary>
    public void Draw(int other) => Random = new Random(unchecked((Random.Next() * 397) ^ other));

    public void Add(Context context, SendOrPostCallback work, object? state)
    {
        // What the collector ends of a process that is gone has no effect.
        if (context.IsDead || IsOver || Escaped())
            return;
        (context.IsFrozen ? context.Held : _ready).Add(new Step(context, work, state));
    }

    public void Add(SimulatedTimer timer, long due)
    {
        if (!IsOver && !Escaped())
            _timers.Enqueue(timer, (due, ++_timersMade));
    }

    /// <summary>Does something in the world after a while.</summary>
    public void After(TimeSpan delay, Action work) =>
        Add(new SimulatedTimer(this, World, static work => ((Action)work!)(), work), delay);

    public void Add(SimulatedTimer timer, TimeSpan delay) => Add(timer, timer.Due = Now + Math.Max(delay.Ticks, 0));

    /// <summary>A time that is drawn.</summary>
    public TimeSpan Between(double leastMs, double mostMs) => TimeSpan.FromMilliseconds(leastMs + (Random.NextDouble() * (mostMs - leastMs)));

    /// <summary>Lets so much simulated time pass: nobody sleeps.</summary>
    public Task PassAsync(double leastMs, double mostMs) => Task.Delay(Between(leastMs, mostMs), Time);

    public bool Chance(double probability) => probability > 0 && Random.NextDouble() < probability;

    /// <summary>Takes steps until a condition is met or a time has come. May be called within a step: that step blocks.</summary>
    public void RunUntil(Func<bool> condition, long deadline = long.MaxValue)
    {
        while (!IsOver && !condition())
        {
            if (!RunOne(deadline))
                return;
            AfterStep();
        }
    }

    /// <summary>What waits of a process that continues, or of one that is frozen, changes places.</summary>
    public void Move(Context context, bool toReady)
    {
        if (toReady)
        {
            _ready.AddRange(context.Held);
            context.Held.Clear();
            return;
        }

        for (var i = _ready.Count - 1; i >= 0; i--)
        {
            if (_ready[i].Context != context)
                continue;
            context.Held.Add(_ready[i]);
            _ready.RemoveAt(i);
        }
    }

    private bool RunOne(long deadline)
    {
        var hasTimer = _timers.TryPeek(out _, out var next);
        if (_ready.Count == 0 || (hasTimer && next.Due <= Now + s_soon && Random.Next(16) == 0))
        {
            if (!hasTimer || next.Due > deadline)
            {
                if (_ready.Count > 0)
                    return RunReady();
                Now = deadline == long.MaxValue ? Now : Math.Max(Now, deadline);
                return false;
            }

            var timer = _timers.Dequeue();
            Now = Math.Max(Now, next.Due);
            Steps++;
            timer.Fire(next.Due);
            return true;
        }

        return Now < deadline ? RunReady() : false;
    }

    private bool RunReady()
    {
        var index = _ready.Count == 1 ? 0 : Random.Next(_ready.Count);
        var step = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        Steps++;
        if (!step.Context.IsDead)
            step.Context.Run(step.Work, step.State);
        return true;
    }

    private bool Escaped()
    {
        if (Environment.CurrentManagedThreadId == _thread)
            return false;
        Escape ??= Environment.StackTrace;
        return true;
    }

    internal readonly record struct Step(Context Context, SendOrPostCallback Work, object? State);
}
