using System.Diagnostics;
using MovieFriends.Bench.Reporting;

namespace MovieFriends.Bench.Environments;

/// <summary>The memory of a process until it ends.</summary>
/// <param name="PeakMebibytes">The most that it had in memory, as the operating system keeps account, less the last moments.</param>
/// <param name="Points">What it had in memory over time, in MiB.</param>
internal sealed record MemoryWatch(double PeakMebibytes, IReadOnlyList<CurvePoint> Points)
{
    private const double BytesOfMebibyte = 1 << 20;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    /// <exception cref="InvalidOperationException">It ended before it could be looked at.</exception>
    public static async Task<MemoryWatch> FollowAsync(int pid, Task ended)
    {
        var points = new List<CurvePoint>();
        var peak = 0L;
        var watch = Stopwatch.StartNew();
        using var ticks = new PeriodicTimer(s_interval);
        while (!ended.IsCompleted && ResidentMemory.Read(pid) is { } memory)
        {
            peak = Math.Max(peak, memory.Peak);
            points.Add(new CurvePoint(Math.Round(watch.Elapsed.TotalSeconds, 1), Math.Round(memory.Now / BytesOfMebibyte, 1)));
            await ticks.WaitForNextTickAsync();
        }

        return points.Count > 0
            ? new MemoryWatch(peak / BytesOfMebibyte, points)
            : throw new InvalidOperationException($"Process {pid} ended before its memory could be looked at.");
    }
}
