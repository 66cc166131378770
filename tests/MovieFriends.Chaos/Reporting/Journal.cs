using System.Diagnostics;
using System.Globalization;

namespace MovieFriends.Chaos.Reporting;

/// <summary>Tells what happens, each line with the time since the faults began.</summary>
internal sealed class Journal(TextWriter output)
{
    private readonly Lock _lock = new();
    private Stopwatch _watch = new();

    /// <summary>Time since the faults began; zero before.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    public void Begin() => _watch = Stopwatch.StartNew();

    public void Write(FormattableString text)
    {
        lock (_lock)
        {
            var time = _watch.IsRunning ? _watch.Elapsed.ToString("mm\\:ss\\.f", CultureInfo.InvariantCulture) : "       ";
            output.WriteLine($"{time}  {text.ToString(CultureInfo.InvariantCulture)}");
        }
    }
}
