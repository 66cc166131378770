using Confluent.Kafka;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Kafka.BatchProducer;

namespace MovieFriends.Producer.Sending;

/// <summary>Mode Load: messages go by the batch.</summary>
internal sealed class LoadClient : IMessageClient
{
    private readonly BatchProducer _producer;
    private readonly DeliveryCounter _counter;

    /// <exception cref="ConfigurationException">A setting is not one of the client's, or wrong.</exception>
    public LoadClient(ProducerConfig config, TopicSettings topic, DeliveryCounter counter, ILoggerFactory loggers, TimeProvider time)
    {
        _counter = counter;
        var logger = loggers.CreateLogger(KafkaClientLog.Category);
        var handlers = new BatchProducerHandlers { Delivered = counter.Delivered, Failed = counter.ClientFailed, Log = line => Write(logger, line) };
        _producer = ProducerSettings.Build(() => new BatchProducer(config, topic.Name, handlers, time));
    }

    public long Taken => _producer.Taken;

    public Error? Refusal => _producer.Refusal is ErrorCode.NoError ? null : _counter.Fatal ?? new Error(_producer.Refusal);

    /// <summary>What it sends with.</summary>
    internal BatchProducer Producer => _producer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        JitWarmUp.Run(typeof(BatchProducer).Assembly.GetTypes());
        return _producer.StartAsync(cancellationToken);
    }

    public bool TrySend(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, byte[]? traceParent) => _producer.TrySend(key, value, traceParent);

    public bool TryHandOver() => _producer.TryHandOver();

    public void Flush(TimeSpan timeout) => _producer.Flush(timeout);

    public void Dispose() => _producer.Dispose();

    private static void Write(ILogger logger, LogMessage line)
    {
        var level = (LogLevel)line.LevelAs(LogLevelType.MicrosoftExtensionsLogging);
        if (logger.IsEnabled(level))
            logger.Log(level, default, line.Message, null, static (text, _) => text);
    }
}
