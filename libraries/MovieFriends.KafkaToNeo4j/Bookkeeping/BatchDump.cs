using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Batching;

namespace MovieFriends.KafkaToNeo4j.Bookkeeping;

/// <summary>
/// Writes each committed batch to a CSV file, for people who want to look at one. A file that cannot be written is one warning, until
/// files can be written again. Thread-safe.
/// </summary>
internal sealed partial class BatchDump(StreamOptions options, ILogger<BatchDump> logger)
{
    private readonly string? _directory = Folder(options);
    private int _failing;

    /// <summary>Makes the folder, if one is wanted, and tries it.</summary>
    /// <exception cref="ConfigurationException">Nothing can be written there.</exception>
    public static void Prepare(StreamOptions options)
    {
        if (Folder(options) is not { } directory)
            return;

        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, Path.GetRandomFileName());
            File.WriteAllBytes(probe, [(byte)'\n']);
            File.Delete(probe);
        }
        catch (Exception exception) when (IsOfTheFolder(exception))
        {
            throw new ConfigurationException(
                $"{options.Key(nameof(options.BatchDumpDirectory))} = '{options.BatchDumpDirectory}': must be a folder that this service can write to ({exception.Message}).",
                exception);
        }
    }

    public void Write(TopicPartition partition, MessageBatch batch)
    {
        if (_directory is null)
            return;

        try
        {
            // Somebody may have tidied up.
            Directory.CreateDirectory(_directory);
            WriteFile(_directory, partition, batch);
            Volatile.Write(ref _failing, 0);
        }
        catch (Exception exception) when (IsOfTheFolder(exception))
        {
            if (Interlocked.Exchange(ref _failing, 1) == 0)
                LogNotWritten(logger, _directory, exception.Message);
        }
    }

    private static string? Folder(StreamOptions options) => options.BatchDumpDirectory is { Length: > 0 } directory ? Path.GetFullPath(directory) : null;

    private static void WriteFile(string directory, TopicPartition partition, MessageBatch batch)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{partition.Topic}-{partition.Partition.Value}-{batch.FromOffset:D12}.csv");
        using var file = File.Create(Path.Combine(directory, name));
        foreach (var message in batch.Messages)
        {
            file.Write(batch.ValueOf(message));
            file.WriteByte((byte)'\n');
        }
    }

    private static bool IsOfTheFolder(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or System.Security.SecurityException or ArgumentException or NotSupportedException;

    [LoggerMessage(LogLevel.Warning, "Batches are not written to {Directory} until that is possible again; the stream goes on without: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string directory, string reason);
}
