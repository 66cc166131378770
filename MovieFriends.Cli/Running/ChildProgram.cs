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

    /// <summary>Variables of this command that the program does not get.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

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

    /// <summary>Runs without showing anything; on cancellation or after <paramref name="timeout"/> the program is killed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the time is over.</exception>
    public async Task<ProgramResult> CaptureAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var output = new StringBuilder();
        var exitCode = await StreamAsync(line => output.AppendLine(line), _ => Task.CompletedTask, limit.Token);
        return new(exitCode, output.ToString());
    }

    /// <summary>Runs without showing anything, and hands on each line as it comes; what is left after a cancellation is killed.</summary>
    /// <param name="take">Takes a line of standard output or standard error, one after the other.</param>
    /// <param name="stop">On cancellation, lets the program end in its own way.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<int> StreamAsync(Action<string> take, Func<Process, Task> stop, CancellationToken cancellationToken)
    {
        using var process = Start(redirect: true);
        var gate = new Lock();
        void Take(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            lock (gate)
                take(line.Data);
        }

        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await stop(process);
            throw;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
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
        // What it says is read here, and in the language that this command speaks.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        foreach (var name in Without)
            start.Environment.Remove(name);

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
