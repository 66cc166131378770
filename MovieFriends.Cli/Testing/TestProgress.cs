using System.Diagnostics;
using System.Globalization;

namespace MovieFriends.Cli.Testing;

/// <summary>Tells of tests as they end, with the time since the command began.</summary>
internal sealed class TestProgress(Display display)
{
    // Enough to see what a test did last; all of it is in the report.
    private const int LinesOfOutput = 40;

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Since the command began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Writes a line that begins with the time so far.</summary>
    public void Line(string text) => display.Line(Stamped(text));

    /// <summary>Says what the work is at, while nothing else is to be said.</summary>
    public Task WatchAsync(Func<string> status, Func<Task> work) => display.WatchAsync(() => Stamped(status()), work);

    public void ClassEnded(string name, TestCounts counts, TimeSpan duration) => Line($"{name}: {counts.Brief()}, {Seconds(duration)}");

    /// <summary>A test failed, or something around it.</summary>
    public void Failed(string name, TestMessage message)
    {
        var stackTrace = message.StackTraces is [{ } first, ..] ? first : "";
        Failed(name, [.. Lines(message.Failure), .. Lines(stackTrace), .. Lines(message.Output ?? "").TakeLast(LinesOfOutput)]);
    }

    /// <summary>Something failed, and some lines say why.</summary>
    public void Failed(string name, IEnumerable<string> why)
    {
        Line($"FAILED {name}");
        foreach (var line in why)
            display.Line($"{"",9}{line}");
    }

    /// <summary>Minutes and seconds.</summary>
    public static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private string Stamped(string text) => $"{Clock(Elapsed),7}  {text}";

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
}
