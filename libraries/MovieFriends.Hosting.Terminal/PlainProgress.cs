using System.Globalization;
using Spectre.Console;

namespace MovieFriends.Hosting.Terminal;

/// <summary>A line every few seconds, for output that is not a terminal.</summary>
internal sealed class PlainProgress(IAnsiConsole console, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, long> _lastShown = [];

    public void Show(ServiceLogLine.Progress progress)
    {
        var now = time.GetTimestamp();
        lock (_lastShown)
        {
            var complete = progress.Total > 0 && progress.Done >= progress.Total;
            if (!complete && _lastShown.TryGetValue(progress.Stage, out var last) && time.GetElapsedTime(last, now) < s_interval)
                return;
            _lastShown[progress.Stage] = now;
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Describe(progress)}"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Describe(ServiceLogLine.Progress progress)
    {
        var done = progress.Total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0} of {progress.Total:N0} {progress.Unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0} {progress.Unit}");
        var left = progress is { Rate: > 0, Total: > 0 } && progress.Done < progress.Total
            ? string.Create(CultureInfo.InvariantCulture, $", {(progress.Total - progress.Done) / progress.Rate:0} s left")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Stage}: {done}, {progress.Rate:N0}/s{left}");
    }
}
