using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

public sealed class BatchDumpTests : IDisposable
{
    private static readonly TopicPartition s_partition = new("charges", 3);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeLogger<BatchDump> _log = new();

    private string Wanted => Path.Combine(_folder.Path, "dump");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_is_deleted_meanwhile_is_made_again()
    {
        var dump = Dump();
        dump.Write(s_partition, Batch(7));
        Directory.Delete(Wanted, recursive: true);

        dump.Write(s_partition, Batch(8));

        Assert.Equal("1000000,5.84,1484261697\n", File.ReadAllText(Path.Combine(Wanted, "charges-3-000000000008.csv")));
        Assert.Equal(0, _log.Collector.Count);
    }

    [Fact]
    public void What_cannot_be_written_is_one_warning_until_it_can_be_again()
    {
        var dump = Dump();
        File.WriteAllText(Wanted, "in the way");
        dump.Write(s_partition, Batch(7));
        dump.Write(s_partition, Batch(8));

        var line = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains(Wanted, line.Message, StringComparison.Ordinal);

        File.Delete(Wanted);
        dump.Write(s_partition, Batch(9));
        Directory.Delete(Wanted, recursive: true);
        File.WriteAllText(Wanted, "again");
        dump.Write(s_partition, Batch(10));

        Assert.Equal(2, _log.Collector.Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_at_the_start_is_refused_with_key_and_value()
    {
        File.WriteAllText(Wanted, "in the way");

        var error = Assert.Throws<ConfigurationException>(() => BatchDump.Prepare(new StreamOptions { BatchDumpDirectory = Wanted, Section = "Consumer" }));

        Assert.StartsWith($"Consumer:BatchDumpDirectory = '{Wanted}': must be a folder that this service can write to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_tried_at_the_start_stays_empty()
    {
        BatchDump.Prepare(new StreamOptions { BatchDumpDirectory = Wanted, Section = "Consumer" });

        Assert.Empty(Directory.GetFileSystemEntries(Wanted));
    }

    private BatchDump Dump() => new(new StreamOptions { BatchDumpDirectory = Wanted, Section = "Consumer" }, _log);

    private static MessageBatch Batch(long offset)
    {
        var batch = ChargeStream.NewBatch(1);
        batch.Add(offset, offset, [], "1000000,5.84,1484261697"u8, DateTimeOffset.UnixEpoch);
        return batch;
    }
}
