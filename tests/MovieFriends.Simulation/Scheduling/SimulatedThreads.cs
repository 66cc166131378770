using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.Simulation.Planted;

namespace MovieFriends.Simulation.Scheduling;

/// <summary>The process is gone: what unwinds the code that it was in.</summary>
internal sealed class ProcessGoneException() : Exception("The simulated process is gone.");

/// <summary>
/// The threads of a simulated process: steps of the scheduler, all of them. Where the engine blocks a thread, the rest of the world goes on within the call.
/// </summary>
internal sealed class SimulatedThreads(Context context, Plant plant) : IEngineThreads
{
    private readonly Scheduler _scheduler = context.Scheduler;

    public TimeProvider Time => _scheduler.Time;

    public TaskScheduler Pool => context.Tasks;

    /// <summary>How long the step of the loop took that is under way.</summary>
    public TimeSpan StepTook { get; set; }

    public Task LoopAsync(Action begin, Func<bool> step, Action end)
    {
        var over = new TaskCompletionSource();
        context.Post(() => Try(begin, over, null, Next));
        return over.Task;

        void Next()
        {
            if (plant.LosesStep(_scheduler.Random))
                return;
            if (StepTook == TimeSpan.Zero)
                context.Post(Step);
            else
                _scheduler.Add(new SimulatedTimer(_scheduler, context, _ => Step(), null), StepTook);
        }

        void Step()
        {
            StepTook = TimeSpan.Zero;
            var goesOn = false;
            Try(() => goesOn = step(), over, end, () =>
            {
                if (goesOn)
                    Next();
                else
                    Try(end, over, null, () => over.TrySetResult());
            });
        }
    }

    public bool Wait(Task task, TimeSpan timeout)
    {
        var since = _scheduler.Now;
        _scheduler.Blocked.Add(context);
        _scheduler.RunUntil(() => task.IsCompleted || context.IsDead, Deadline(timeout));

        // A process that is frozen comes back from nothing.
        _scheduler.RunUntil(() => !context.IsFrozen || context.IsDead);

        // Those whose calls this one is within cannot come back before.
        _scheduler.Blocked.RemoveAt(_scheduler.Blocked.Count - 1);
        _scheduler.Blocked.ForEach(outer => outer.HeldUp += _scheduler.Now - since);
        if (context.IsDead || _scheduler.IsOver)
            throw new ProcessGoneException();
        if (task.IsFaulted)
            task.Wait();
        return task.IsCompleted;
    }

    // What is cancelled runs in steps of its own.
    public Task CancelAsync(CancellationTokenSource source) => plant.LosesStop(_scheduler.Random)
        ? Task.CompletedTask
        : Task.Factory.StartNew(source.Cancel, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Pool);

    private long Deadline(TimeSpan timeout) => timeout < TimeSpan.Zero ? long.MaxValue : _scheduler.Now + timeout.Ticks;

    private static void Try(Action work, TaskCompletionSource over, Action? end, Action then)
    {
        try
        {
            work();
        }
        catch (ProcessGoneException)
        {
            // Nobody hears of it.
            return;
        }
#pragma warning disable CA1031 // It is the engine's, and the loop's end.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (end is null)
                over.TrySetException(exception);
            else
                Try(end, over, null, () => over.TrySetException(exception));
            return;
        }

        then();
    }
}
