using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MovieFriends.Hosting.LocalServers.Java;

namespace MovieFriends.Hosting.LocalServers.Kafka;

/// <summary>The storage of a KRaft broker, which must be formatted once before its first start.</summary>
internal static partial class KafkaStorage
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    public static async Task FormatIfNewAsync(
        JavaRuntime java, KafkaHome home, KafkaFiles files, ILogger logger, CancellationToken cancellationToken)
    {
        if (File.Exists(files.FormatMark))
        {
            return;
        }

        LogFormatting(logger, files.Data);
        var command = KafkaCommand.Format(home, files, NewClusterId());
        var start = new ProcessStartInfo(java.Path, command.CommandLine)
        {
            WorkingDirectory = files.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[JavaCommand.ClassPathVariable] = command.ClassPath;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        using var process = Process.Start(start)!;
        try
        {
            var said = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
            {
                throw new DistributedApplicationException($"Kafka's storage in {files.Data} could not be formatted. Kafka says: {string.Concat(said).Trim()}");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>An id as Kafka's own tool makes it. A leading dash would be read as the name of an option.</summary>
    private static string NewClusterId()
    {
        string id;
        do
        {
            id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        }
        while (id.StartsWith('-'));

        return id;
    }

    [LoggerMessage(LogLevel.Information, "Formatting the storage in {Folder}")]
    private static partial void LogFormatting(ILogger logger, string folder);
}
