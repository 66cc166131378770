using System.Diagnostics;
using System.Globalization;

namespace MovieFriends.Cli.Testing;

/// <summary>Follows the tests of one suite by the messages of its programs: what runs, what came out, how long it took.</summary>
internal sealed class TestTally(Suite suite, TestProgress progress)
{
    private readonly Dictionary<string, RunningClass> _classes = [];
    private readonly Dictionary<string, RunningTest> _tests = [];
    private readonly Lock _gate = new();
    private bool _hasEnded;
    private int _failuresBefore;

    public Suite Suite => suite;

    public TestCounts Counts { get; private set; }

    /// <summary>A line for each failure.</summary>
    public List<string> Failures { get; } = [];

    public List<TestTime> Times { get; } = [];

    public Dictionary<string, int> Skipped { get; } = [];

    /// <summary>How long the suite took, the start of its servers included.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Its programs were started, and not all have ended.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Its programs were started.</summary>
    public bool HasRun { get; private set; }

    /// <summary>What goes on now, for whoever waits.</summary>
    public string Status
    {
        get
        {
            lock (_gate)
            {
                var longest = _tests.Values.OrderBy(test => test.Started).FirstOrDefault();
                return $"{suite}: {Counts}" + (longest is null ? "" : string.Create(
                    CultureInfo.InvariantCulture, $", {Stopwatch.GetElapsedTime(longest.Started).TotalSeconds:0} s in {longest.Name}"));
            }
        }
    }

    /// <summary>The next program begins.</summary>
    public void Begin()
    {
        lock (_gate)
            (_hasEnded, _failuresBefore, IsRunning, HasRun) = (false, Failures.Count, true, true);
    }

    /// <summary>The last program has ended.</summary>
    public void Ended(TimeSpan duration)
    {
        lock (_gate)
            (Duration, IsRunning) = (duration, false);
    }

    /// <summary>Takes in what a program says.</summary>
    public void Add(TestMessage message)
    {
        lock (_gate)
        {
            switch (message.Type)
            {
                case "test-class-starting":
                    _classes[message.ClassId!] = new(message.ClassName ?? "", message.Namespace ?? "", Stopwatch.GetTimestamp());
                    break;
                case "test-starting":
                    _tests[message.TestId!] = new(NameOf(message), Stopwatch.GetTimestamp());
                    break;
                case "test-passed":
                    Count(message, new(1, 0, 0));
                    break;
                case "test-failed":
                    Count(message, new(0, 1, 0));
                    Fail(_tests.GetValueOrDefault(message.TestId!)?.Name ?? "A test", message);
                    break;
                case "test-skipped":
                    Count(message, new(0, 0, 1));
                    Skipped[message.Reason ?? ""] = Skipped.GetValueOrDefault(message.Reason ?? "") + 1;
                    break;
                case "test-finished":
                    _tests.Remove(message.TestId!);
                    break;
                case "test-class-finished" when _classes.Remove(message.ClassId!, out var ended):
                    progress.ClassEnded($"{suite}: {ended.Name}", ended.Counts, Stopwatch.GetElapsedTime(ended.Started));
                    break;
                case "test-assembly-finished":
                    _hasEnded = true;
                    break;
                case var _ when message.IsOtherFailure:
                    Counts += new TestCounts(0, 1, 0);
                    Fail(Place(message), message);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>A program ended; one that says failure without a failed test, or that did not come to its end, failed.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="lastLines">What it wrote beside its messages.</param>
    public void End(string program, int exitCode, IEnumerable<string> lastLines)
    {
        lock (_gate)
        {
            var stopped = string.Join(", ", _tests.Values.Select(test => test.Name));
            _tests.Clear();
            _classes.Clear();
            if (!_hasEnded)
                FailProgram($"{program} ended with exit code {exitCode} before its tests did{(stopped.Length > 0 ? $", in {stopped}" : "")}.", lastLines);
            else if (exitCode != 0 && Failures.Count == _failuresBefore)
                FailProgram($"{program} ended with exit code {exitCode}.", lastLines);
        }
    }

    /// <summary>Counts a failure that no program told of.</summary>
    public void FailProgram(string why, IEnumerable<string> lines)
    {
        Counts += new TestCounts(0, 1, 0);
        Failures.Add(why);
        progress.Failed(why, lines);
    }

    private void Count(TestMessage message, TestCounts one)
    {
        Counts += one;
        if (message.ClassId is { } id && _classes.TryGetValue(id, out var running))
            running.Counts += one;
        if (_tests.TryGetValue(message.TestId!, out var test))
            Times.Add(new(suite, test.Name, TimeSpan.FromSeconds(message.ExecutionTime)));
    }

    private void Fail(string name, TestMessage message)
    {
        Failures.Add($"{name}: {string.Join(' ', message.Failure.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
        progress.Failed($"{suite}: {name}", message);
    }

    // A test's full name, less its namespace.
    private string NameOf(TestMessage message)
    {
        var name = message.TestName ?? "";
        return message.ClassId is { } id && _classes.TryGetValue(id, out var running) && name.StartsWith(running.Namespace + ".", StringComparison.Ordinal)
            ? name[(running.Namespace.Length + 1)..]
            : name;
    }

    private string Place(TestMessage message) =>
        (message.TestId is { } test ? _tests.GetValueOrDefault(test)?.Name : null)
        ?? (message.ClassId is { } id ? _classes.GetValueOrDefault(id)?.Name : null)
        ?? message.Type;

    private sealed record RunningTest(string Name, long Started);

    private sealed record RunningClass(string Name, string Namespace, long Started)
    {
        public TestCounts Counts { get; set; }
    }
}
