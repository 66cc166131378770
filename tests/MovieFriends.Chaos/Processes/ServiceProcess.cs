using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MovieFriends.Chaos.Processes;

/// <summary>One of the product's services as a process of its own.</summary>
internal sealed class ServiceProcess : IRunningService
{
    /// <summary>So many of the last lines are kept.</summary>
    private const int LogCapacity = 20_000;

    private static readonly Dictionary<string, string> s_defaults = new()
    {
        // Several consumers of one machine must not ask for the same port.
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["DOTNET_NOLOGO"] = "1",
        ["Logging__Console__FormatterName"] = "simple",
        ["Logging__Console__FormatterOptions__SingleLine"] = "true",
        ["Logging__Console__FormatterOptions__ColorBehavior"] = "Disabled",
        ["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ",
        // Nobody listens to telemetry here.
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "",
    };

    private readonly Process _process;
    private readonly Action<string>? _onLine;
    private readonly Queue<string> _log = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _paused;

    private ServiceProcess(string service, ProcessStartInfo start, Action<string>? onLine)
    {
        (Service, _onLine) = (service, onLine);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = FollowAsync();
    }

    /// <summary><c>consumer</c>, <c>producer</c>, <c>seeder</c> or <c>verifier</c>.</summary>
    public string Service { get; }

    /// <summary>The process id, which stays known after the end.</summary>
    public int Id { get; }

    /// <summary>Ends with the process; the result is the exit code, 128 and the signal's number if a signal ended it.</summary>
    public Task<int> Exited => _exited.Task;

    public bool HasExited => _exited.Task.IsCompleted;

    /// <summary>Whether the harness or a test has ended it by <see cref="Kill"/> or <see cref="Terminate"/>.</summary>
    public bool IsToldToEnd { get; private set; }

    /// <summary>The last lines of its console.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>Starts a service.</summary>
    /// <param name="service"><c>consumer</c>, <c>producer</c>, <c>seeder</c>, <c>verifier</c> or <c>appHost</c>.</param>
    /// <param name="environment">Settings, in the form <c>Section__Key</c>; later ones win.</param>
    /// <param name="onLine">Sees every line of its console, from any thread.</param>
    /// <param name="arguments">Its command line.</param>
    public static ServiceProcess Start(string service, IEnumerable<KeyValuePair<string, string>> environment, Action<string>? onLine = null, params IEnumerable<string> arguments)
    {
        var program = BuiltProgram.Path($"MovieFriends.{char.ToUpperInvariant(service[0])}{service[1..]}");
        var start = new ProcessStartInfo(DotNet, ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in s_defaults.Concat(environment))
            start.Environment[name] = value;
        return new ServiceProcess(service, start, onLine);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        IsToldToEnd = true;
        Send(Signals.Kill);
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        IsToldToEnd = true;
        Send(Signals.Terminate);
    }

    /// <summary>SIGSTOP: it neither works nor answers, but its connections stay.</summary>
    public void Pause()
    {
        _paused = true;
        Send(Signals.Pause);
    }

    /// <summary>SIGCONT.</summary>
    public void Continue()
    {
        _paused = false;
        Send(Signals.Continue);
    }

    /// <summary>SIGTERM, and SIGKILL if that is not enough.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan timeout)
    {
        if (_paused)
            Continue();
        Terminate();
        if (await Task.WhenAny(Exited, Task.Delay(timeout)) != Exited)
            Kill();
        return await Exited;
    }

    public override string ToString() => $"{Service} (process {Id})";

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
            Kill();
        await Exited;
        _process.Dispose();
    }

    private static string DotNet
    {
        get
        {
            // The installation that runs this program: its runtime is three folders below.
            var program = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
            return File.Exists(program) ? Path.GetFullPath(program) : "dotnet";
        }
    }

    private void Send(Action<int> signal)
    {
        // After its end the id may be another process's.
        if (!_exited.Task.IsCompleted)
            signal(Id);
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (_log)
        {
            if (_log.Count == LogCapacity)
                _log.Dequeue();
            _log.Enqueue(line);
        }

        _onLine?.Invoke(line);
    }

    private async Task FollowAsync()
    {
        // Also waits for the last lines.
        await _process.WaitForExitAsync();
        _exited.SetResult(_process.ExitCode);
    }
}
