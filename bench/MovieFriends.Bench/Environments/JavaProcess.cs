using System.Diagnostics;
using MovieFriends.Hosting.LocalServers.Java;

namespace MovieFriends.Bench.Environments;

/// <summary>A Java program that is run to its end.</summary>
internal static class JavaProcess
{
    /// <returns>What it has written to its standard output, and its processor time in seconds.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<(string Output, double ProcessorSeconds)> RunAsync(string java, JavaCommand command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(java, command.CommandLine) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[JavaCommand.ClassPathVariable] = command.ClassPath;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var exited = process.WaitForExitAsync(cancellationToken);
            var processorSeconds = await ProcessorTime.FollowAsync(process.Id, exited);
            await exited;
            return process.ExitCode == 0
                ? (await output, processorSeconds)
                : throw new InvalidOperationException($"{command.MainClass} ended with {process.ExitCode}:{Environment.NewLine}{await errors}{await output}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
