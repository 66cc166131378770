using BenchmarkDotNet.Attributes;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using MovieFriends.Kafka;
using MovieFriends.Producer.Sending;
using MovieFriends.Producer.Sources;
using MovieFriends.Producer.Telemetry;

namespace MovieFriends.MicroBenchmarks;

/// <summary>Charges are made up, written as messages, handed to the client, and confirmed by the broker that the client itself can play.</summary>
public class ProduceBenchmarks : IDisposable
{
    // Fewer than the client's queue takes.
    private const int Messages = 50_000;

    private readonly LoadClient _producer;
    private readonly ProducerTelemetry _telemetry;
    private readonly MessageSender _sender;
    private readonly ChargeGenerator _source = Values.Source(long.MaxValue);

    public ProduceBenchmarks()
    {
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1", EnableIdempotence = true, Acks = Acks.All, LingerMs = 5 };
        config.OneRequestAtATime();
        config.Set("test.mock.num.brokers", "1");
        var topic = new TopicSettings("charges", "charges.dead-letter", 4);
        _telemetry = new ProducerTelemetry(topic);
        var spans = new SendSpans(_telemetry, topic, TimeProvider.System);
        var counter = new DeliveryCounter(new KafkaHealth(NullLogger<KafkaHealth>.Instance), spans);
        _producer = new LoadClient(config, topic, counter, NullLoggerFactory.Instance, TimeProvider.System);
        _sender = new MessageSender(_producer, counter, spans);
    }

    [GlobalSetup]
    public Task Start() => _sender.StartAsync(CancellationToken.None);

    /// <summary>Making a message up and writing it, which is the product's own part of <see cref="Produce"/>.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int Generate()
    {
        var bytes = 0;
        for (var i = 0; i < Messages; i++)
        {
            _source.TryRead();
            bytes += _source.Value.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task Produce()
    {
        for (var i = 0; i < Messages; i++)
        {
            _source.TryRead();
            while (!_sender.TrySend(_source.UserId, _source.Value))
                Thread.Sleep(1);
        }

        await _sender.FlushAsync(CancellationToken.None);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _source.Dispose();
        _producer.Dispose();
        _telemetry.Dispose();
        GC.SuppressFinalize(this);
    }
}
