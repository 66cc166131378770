using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Aspire.Hosting.Processes;

/// <summary>A process in a process group of its own.</summary>
/// <remarks>
/// <see cref="System.Diagnostics.Process"/> leaves a child in the terminal's foreground group and offers no way out,
/// hence posix_spawn, which Linux (glibc and musl) and macOS have in common.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixChildProcess : ChildProcess
{
    private const int ReaderStackBytes = 256 * 1024;
    private static readonly TimeSpan s_lastLines = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private bool _reaped;

    public UnixChildProcess(ProcessSpec spec)
    {
        var output = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        var error = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        try
        {
            Id = Spawn(spec, output, error);
        }
        catch
        {
            output.Dispose();
            error.Dispose();
            throw;
        }
        output.DisposeLocalCopyOfClientHandle();
        error.DisposeLocalCopyOfClientHandle();
        StartTime = ProcessIdentity.StartTimeOf(Id) ?? DateTime.UtcNow;

        var name = Path.GetFileName(spec.FileName);
        var readers = new CountdownEvent(2);
        Read(output, isError: false);
        Read(error, isError: true);
        new Thread(Wait) { IsBackground = true, Name = $"{name} {Id} wait" }.Start();

        void Read(AnonymousPipeServerStream stream, bool isError) => new Thread(() =>
        {
            using (var lines = new StreamReader(stream, Encoding.UTF8))
            {
                while (lines.ReadLine() is { } line)
                    spec.OnLine(line, isError);
            }
            readers.Signal();
        }, ReaderStackBytes) { IsBackground = true, Name = $"{name} {Id} {(isError ? "stderr" : "stdout")}" }.Start();

        void Wait()
        {
            UnixNative.WaitUntilExited(Id);
            int status;
            lock (_lock)
            {
                // Not reaped yet, so the id is still taken: whatever else lives in the group is its offspring.
                _ = UnixNative.Kill(-Id, UnixNative.SigKill);
                status = UnixNative.Reap(Id);
                _reaped = true;
            }
            // An offspring that left the group may hold the pipes open for ever.
            readers.Wait(s_lastLines);
            SetExited(status);
        }
    }

    public override int Id { get; }

    public override void Terminate() => Signal(UnixNative.SigTerm);

    public override void Kill() => Signal(UnixNative.SigKill);

    private void Signal(int signal)
    {
        lock (_lock)
        {
            // After that the id may be another process's.
            if (!_reaped)
                _ = UnixNative.Kill(-Id, signal);
        }
    }

    private static int Spawn(ProcessSpec spec, AnonymousPipeServerStream output, AnonymousPipeServerStream error)
    {
        string?[] arguments = [spec.FileName, .. spec.Arguments, null];
        string?[] environment = [.. spec.Environment.Select(v => $"{v.Key}={v.Value}"), null];
        var result = UnixNative.Spawn(out var id, spec.FileName, arguments, environment, spec.WorkingDirectory,
            output.ClientSafePipeHandle, error.ClientSafePipeHandle);
        return result == 0 ? id
            : throw new DistributedApplicationException($"'{spec.FileName}' cannot be started: {Marshal.GetPInvokeErrorMessage(result)}.", new Win32Exception(result));
    }
}
