using System.Diagnostics;
using System.Text.RegularExpressions;
using MovieFriends.Chaos.Processes;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>A program of this solution on a terminal of its own.</summary>
internal sealed partial class TerminalProcess : IAsyncDisposable
{
    public const char ControlC = '\u0003';

    // Part of util-linux: runs a command on a new pseudo-terminal.
    private const string Script = "/usr/bin/script";

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    private TerminalProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    public static bool IsPossible => OperatingSystem.IsLinux() && File.Exists(Script);

    /// <summary>Everything it has written so far, without the marks that move the cursor or change colours.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public static TerminalProcess Start(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        // Whoever was started in the background of a script takes no notice of Ctrl-C, and neither would what it starts.
        var command = $"stty cols 150 rows 50; exec env --default-signal=INT dotnet exec '{BuiltProgram.Path(program)}' {string.Join(' ', arguments)}";
        var start = new ProcessStartInfo(Script, ["--quiet", "--flush", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["TERM"] = "xterm-256color";

        // Where they are set, nobody sits at the terminal.
        foreach (var name in (string[])["CI", "GITHUB_ACTIONS", "TF_BUILD"])
            start.Environment.Remove(name);
        return new TerminalProcess(start);
    }

    /// <summary>Waits for a line of a form.</summary>
    public Task LineAsync(string pattern, TimeSpan limit, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"the terminal shows '{pattern}'", limit, () => Task.FromResult(Lines.Any(line => Regex.IsMatch(line, pattern))), cancellationToken);

    /// <summary>A key is pressed.</summary>
    public async Task PressAsync(char key)
    {
        await _process.StandardInput.WriteAsync(key);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the program's end.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It does not end; says what the terminal shows and what runs still.</exception>
    public async Task<int> ExitCodeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(limit, cancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"The program did not end within {limit.TotalSeconds:0} s. The terminal shows:\n{string.Join('\n', Lines.TakeLast(40))}\nThese run:\n{string.Join('\n', ChildProcesses.CommandLines())}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lines)
                _lines.Add(Marks().Replace(line, ""));
        }
    }

    [GeneratedRegex(@"\x1B\[[0-9;?]*[A-Za-z]|\r")]
    private static partial Regex Marks();
}
