using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MovieFriends.Cli.Running;

/// <summary>A program that this command starts, waits for, and stops when it is itself told to stop.</summary>
internal sealed class ChildProgram(string file, params IEnumerable<string> arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Added to the environment of this command.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Runs on this command's console; on cancellation asks the program to stop and waits until it has.</summary>
    /// <returns>The program's exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start(redirect: false);
        // On Windows, and from a terminal anywhere, Ctrl-C reaches the child without help; a second request does no harm.
        using var stop = cancellationToken.Register(() => Signals.TryTerminate(process));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    /// <summary>Runs without showing anything; on cancellation or after <paramref name="patience"/> the program is killed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or out of patience.</exception>
    public async Task<ProgramResult> CaptureAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using var process = Start(redirect: true);
        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            lock (output)
                output.AppendLine(line.Data);
        }

        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        lock (output)
            return new(process.ExitCode, output.ToString());
    }

    private Process Start(bool redirect)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
            WorkingDirectory = WorkingDirectory ?? "",
        };
        // Build servers would outlive the command.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        try
        {
            return Process.Start(start) ?? throw new CommandException($"{file} could not be started.");
        }
        catch (Win32Exception exception)
        {
            throw new CommandException($"{file} could not be started: {exception.Message}");
        }
    }
}
