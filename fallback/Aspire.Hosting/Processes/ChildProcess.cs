namespace Aspire.Hosting.Processes;

/// <summary>A process this host has started, with everything it starts itself.</summary>
/// <remarks>
/// Children do not share the terminal's process group. Otherwise Ctrl-C would reach all of them at once,
/// and databases would go down under services that are still writing; this host stops them in order instead.
/// </remarks>
internal abstract class ChildProcess
{
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public abstract int Id { get; }

    /// <summary>When the system says it was started, in UTC: together with the id this names a process for good.</summary>
    public DateTime StartTime { get; protected init; }

    /// <summary>The exit code, after the last line was reported; 128 + N for an end by signal N.</summary>
    public Task<int> Exited => _exited.Task;

    /// <exception cref="DistributedApplicationException">The program cannot be started.</exception>
    public static ChildProcess Start(ProcessSpec spec)
    {
        if (!Directory.Exists(spec.WorkingDirectory))
            throw new DistributedApplicationException($"The working directory '{spec.WorkingDirectory}' does not exist.");
        return OperatingSystem.IsWindows() ? new WindowsChildProcess(spec) : new UnixChildProcess(spec);
    }

    /// <summary>Asks the process and its children to end.</summary>
    public abstract void Terminate();

    /// <summary>Ends the process and its children.</summary>
    public abstract void Kill();

    /// <summary>Asks, waits, and then ends the process.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        Terminate();
        try
        {
            await Exited.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
        }
    }

    protected void SetExited(int exitCode) => _exited.TrySetResult(exitCode);
}
