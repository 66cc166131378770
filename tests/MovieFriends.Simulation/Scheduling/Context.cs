namespace MovieFriends.Simulation.Scheduling;

/// <summary>Where continuations of one process, or of the servers, go: back to the scheduler. A dead process has none; those of a frozen one wait.</summary>
internal sealed class Context(Scheduler scheduler, string name) : SynchronizationContext
{
    private ContextScheduler? _tasks;
    private long _frozenAt;

    public string Name => name;

    public Scheduler Scheduler => scheduler;

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; private set; }

    /// <summary>Whether it can act.</summary>
    public bool IsRunning => !IsDead && !IsFrozen;

    /// <summary>What waits until the process continues.</summary>
    public List<Scheduler.Step> Held { get; } = [];

    /// <summary>For tasks that are to run here.</summary>
    public TaskScheduler Tasks => _tasks ??= new ContextScheduler(this);

    /// <summary>For how long it could not act, because it was frozen or another one blocked.</summary>
    public long HeldUp { get; set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (this == scheduler.World || !scheduler.LosesWakeUp())
            scheduler.Add(this, d, state);
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing in the simulation waits for another thread.");

    public override SynchronizationContext CreateCopy() => this;

    public void Post(Action work) => scheduler.Add(this, static work => ((Action)work!)(), work);

    /// <summary>Continues here what was begun elsewhere.</summary>
    public Switch Enter() => new(this);

    public void Run(SendOrPostCallback work, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            work(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Kill()
    {
        IsDead = true;
        Held.Clear();
    }

    public void Freeze()
    {
        IsFrozen = true;
        _frozenAt = scheduler.Now;
        scheduler.Move(this, toReady: false);
    }

    public void Thaw()
    {
        IsFrozen = false;
        HeldUp += scheduler.Now - _frozenAt;
        scheduler.Move(this, toReady: true);
    }

    /// <summary>Is awaited to get into the context.</summary>
    internal readonly struct Switch(Context context) : System.Runtime.CompilerServices.INotifyCompletion
    {
        public bool IsCompleted => false;

        public Switch GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => context.Post(continuation);
    }

    /// <summary>Runs tasks as steps, each after the time that a call takes.</summary>
    private sealed class ContextScheduler(Context context) : TaskScheduler
    {
        protected override void QueueTask(Task task)
        {
            // Calls that block take a moment; in between, everything may happen.
            var scheduler = context.Scheduler;
            scheduler.Add(new SimulatedTimer(scheduler, context, _ => TryExecuteTask(task), null), scheduler.Between(0.1, 5));
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
