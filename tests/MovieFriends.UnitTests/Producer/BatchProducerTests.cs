using System.Diagnostics;
using Confluent.Kafka;
using MovieFriends.Kafka.BatchProducer;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

/// <summary>What ties the batch producer to one native library.</summary>
public sealed class BatchProducerTests
{
    [Fact]
    public void The_native_library_that_is_there_is_the_one_that_this_was_written_for() => Assert.Equal(Library.VersionString, SelfTest.Run());

    [Theory]
    [InlineData(0x021000FF, true)]
    [InlineData(0x021203FF, true)]
    [InlineData(0x020F01FF, false)]
    [InlineData(0x030000FF, false)]
    [InlineData(0x011000FF, false)]
    public void A_library_that_is_older_or_of_another_major_version_is_refused(int version, bool fits) => Assert.Equal(fits, SelfTest.Fits(version));

    [Fact]
    public void Both_clients_share_the_one_librdkafka_that_the_process_maps()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "There the runtime does not say what a process has loaded.");
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1" };
        using var official = new ProducerBuilder<Null, Null>(config).SetLogHandler((_, _) => { }).Build();
        using var batches = new BatchProducer(config, "charges", new BatchProducerHandlers { Delivered = (_, _, _) => { } });

        using var process = Process.GetCurrentProcess();
        Assert.Single(process.Modules.Cast<ProcessModule>().Select(module => module.FileName).Where(file => Path.GetFileName(file).Contains("rdkafka", StringComparison.Ordinal)).Distinct());
        Assert.Equal(Library.Version, Librdkafka.Version());
    }

    [Fact]
    public void Nothing_is_sent_before_the_partitions_are_known_nor_anything_too_large()
    {
        using var producer = new BatchProducer(new ProducerConfig { BootstrapServers = "127.0.0.1:1" }, "charges", new BatchProducerHandlers { Delivered = (_, _, _) => { } });
        Assert.Throws<InvalidOperationException>(() => producer.TrySend("1"u8, "1"u8));
        Assert.Throws<ArgumentException>(() => producer.TrySend("1"u8, new byte[BatchProducer.MaxMessageLength]));
    }

    [Fact]
    public void A_setting_that_the_library_does_not_know_is_refused_when_the_client_is_made()
    {
        var config = new ProducerConfig();
        config.Set("no.such.setting", "1");
        var refusal = Assert.Throws<InvalidOperationException>(() => new BatchProducer(config, "charges", new BatchProducerHandlers { Delivered = (_, _, _) => { } }));
        Assert.Contains("no.such.setting", refusal.Message, StringComparison.Ordinal);
    }
}
