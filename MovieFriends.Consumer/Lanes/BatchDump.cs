using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Consumer.Batching;

namespace MovieFriends.Consumer.Lanes;

/// <summary>Writes each committed batch to a CSV file, for people who want to look at one.</summary>
internal sealed class BatchDump(IOptions<ConsumerOptions> options)
{
    private readonly string? _directory = options.Value.BatchDumpDirectory is { Length: > 0 } directory
        ? Directory.CreateDirectory(directory).FullName
        : null;

    public void Write(TopicPartition partition, ChargeBatch batch)
    {
        if (_directory is null)
            return;

        var name = string.Create(CultureInfo.InvariantCulture, $"{partition.Topic}-{partition.Partition.Value}-{batch.FromOffset:D12}.csv");
        using var file = File.Create(Path.Combine(_directory, name));
        foreach (var message in batch.Messages)
        {
            file.Write(batch.ValueOf(message));
            file.WriteByte((byte)'\n');
        }
    }
}
