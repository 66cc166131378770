using System.Diagnostics;
using System.Text.Json;
using MovieFriends.Machine;

namespace MovieFriends.ContainerTests;

/// <summary>The AppHost with its servers in containers, as a process of its own. What it writes is kept.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(240);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly SemaphoreSlim _written = new(0);

    /// <param name="folder">Where its files go.</param>
    /// <param name="volumes">What the names of its volumes begin with.</param>
    /// <param name="arguments">Settings and switches.</param>
    public AppHostProcess(string folder, string volumes, params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "MovieFriends.AppHost", configuration, "MovieFriends.AppHost.dll");
        ConnectionsFile = Path.Combine(folder, "connections.json");
        Report = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", program, "--Servers=Containers", $"--Containers:Volumes={volumes}", $"--ConnectionsFile={ConnectionsFile}", $"--Demo:Json={Report}", .. arguments, "--no-dashboard"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string ConnectionsFile { get; }

    /// <summary>The figures of the demo, once it is done.</summary>
    public string Report { get; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Waits for a line that has this text.</summary>
    public async Task<string> LineAsync(string text, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        while (true)
        {
            if (Lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;
            if (_process.HasExited)
                throw new InvalidOperationException($"The AppHost ended with {_process.ExitCode} without a line '{text}':\n{All}");
            try
            {
                await _written.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"The AppHost wrote no line '{text}' within {s_timeout.TotalSeconds:0} s:\n{All}");
            }
        }
    }

    /// <summary>The environment that its clients get.</summary>
    public string Connection(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(ConnectionsFile));
        return file.RootElement.GetProperty("environment").GetProperty($"ConnectionStrings__{name}").GetString()!;
    }

    public JsonElement Figures()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Report));
        return file.RootElement.Clone();
    }

    /// <summary>Asks it to stop, if it is there still, and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        Signals.TryTerminate(_process);
        return await EndAsync();
    }

    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(s_timeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The AppHost did not end within {s_timeout.TotalSeconds:0} s:\n{All}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
                await StopAsync();
        }
        finally
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
            _written.Dispose();
        }
    }

    private string All => string.Join('\n', Lines.TakeLast(60));

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_lines)
            _lines.Add(line.Data);
        _written.Release();
    }
}
