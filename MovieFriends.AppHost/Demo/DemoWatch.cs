using System.Diagnostics;

namespace MovieFriends.AppHost.Demo;

/// <summary>Measures the job from the moment the user typed the command.</summary>
internal sealed class DemoWatch(DemoOptions options, TimeProvider time)
{
    private readonly DateTimeOffset _start = options.Since ?? ProcessStart();

    /// <summary>Time until the servers were ready.</summary>
    public TimeSpan SetUp { get; private set; }

    public TimeSpan Elapsed => time.GetUtcNow() - _start;

    public void ServersAreReady() => SetUp = Elapsed;

    private static DateTimeOffset ProcessStart()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime;
    }
}
