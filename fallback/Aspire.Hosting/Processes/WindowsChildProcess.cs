using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aspire.Hosting.Processes;

/// <summary>A process in a console process group of its own.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsChildProcess : ChildProcess
{
    private const uint ControlBreak = 1;

    private readonly Process _process;

    public WindowsChildProcess(ProcessSpec spec)
    {
        var start = new ProcessStartInfo(spec.FileName, spec.Arguments)
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNewProcessGroup = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception ex)
        {
            throw new DistributedApplicationException($"'{spec.FileName}' cannot be started: {ex.Message}", ex);
        }
        StartTime = _process.StartTime.ToUniversalTime();
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, e) => Report(e.Data, false);
        _process.ErrorDataReceived += (_, e) => Report(e.Data, true);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = WaitAsync();

        void Report(string? line, bool isError)
        {
            if (line is not null)
                spec.OnLine(line, isError);
        }

        async Task WaitAsync()
        {
            await _process.WaitForExitAsync();
            SetExited(_process.ExitCode);
        }
    }

    public override int Id => _process.Id;

    // .NET and Java programs take Ctrl-Break for a request to end; one without a console cannot be asked.
    public override void Terminate()
    {
        if (!_process.HasExited && !GenerateConsoleCtrlEvent(ControlBreak, (uint)_process.Id))
            Kill();
    }

    public override void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);
}
