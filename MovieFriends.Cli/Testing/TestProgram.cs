using System.Diagnostics;
using MovieFriends.Cli.Running;

namespace MovieFriends.Cli.Testing;

/// <summary>Runs a built test project and takes in what it says of its tests while they run.</summary>
internal sealed class TestProgram(Checkout checkout, TestProject project, TestTally tally)
{
    private const int LastLines = 20;

    // What it does on Ctrl-C; it says so at once.
    private static readonly TimeSpan s_timeToHear = TimeSpan.FromSeconds(1);

    // Servers and services end, too.
    private static readonly TimeSpan s_timeToStop = TimeSpan.FromSeconds(30);

    // A server of a test lives for minutes: what Java spends on its second, better compilation does not come back. A quarter of the processor time.
    private const string JavaOptions = "JAVA_TOOL_OPTIONS";
    private const string QuickCompilation = "-XX:TieredStopAtLevel=1";

    // The same for services: what is counted for a better second compilation is not worth it in seconds.
    private const string Counting = "DOTNET_TieredPGO";

    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource _hasHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="selection">Arguments that say which tests run.</param>
    /// <param name="without">Variables that it does not get.</param>
    /// <param name="cancellationToken">Ends the tests that run, and what they have started.</param>
    public async Task RunAsync(IEnumerable<string> selection, IReadOnlyCollection<string> without, CancellationToken cancellationToken)
    {
        var results = checkout.At("artifacts", "test-results", $"{project.Name}.{tally.Suite}");
        Directory.CreateDirectory(results);
        await using var console = new StreamWriter(Path.Combine(results, "console.log")) { AutoFlush = true };
        void Take(string line)
        {
            if (TestMessage.Parse(line) is not { } message)
                Keep(line, console);
            else if (message.Type == "diagnostic")
                Keep(message.Message ?? "", console);
            else
                tally.Add(message);
        }

        tally.Begin();
        var exitCode = await new ChildProgram(ExecutablePath.DotNet,
            [
                // Automated: what tests write to the console does not get between the messages.
                checkout.Program(project.Name), "-automated", "async", "-noAutoReporters",
                "-result-trx", Path.Combine(results, "results.trx"), .. selection,
            ])
        {
            WorkingDirectory = checkout.Root,
            Without = without,
            Environment = new Dictionary<string, string>
            {
                [JavaOptions] = $"{Environment.GetEnvironmentVariable(JavaOptions)} {QuickCompilation}".Trim(),
                [Counting] = "0",
            },
        }.StreamAsync(Take, StopAsync, cancellationToken);
        tally.End(project.Name, exitCode, _lastLines);
    }

    private void Keep(string line, StreamWriter console)
    {
        if (line.StartsWith("Cancellation request", StringComparison.Ordinal))
            _hasHeard.TrySetResult();
        console.WriteLine(line);
        _lastLines.Enqueue(line);
        if (_lastLines.Count > LastLines)
            _lastLines.Dequeue();
    }

    private async Task StopAsync(Process process)
    {
        try
        {
            // Ctrl-C at a terminal reaches the program, too. A second one would end it at once, and leave its servers to themselves.
            await _hasHeard.Task.WaitAsync(s_timeToHear);
        }
        catch (TimeoutException)
        {
            Signals.TryInterrupt(process);
        }

        using var limit = new CancellationTokenSource(s_timeToStop);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // It is killed.
        }
    }
}
