using System.Collections.Concurrent;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Kafka;

namespace MovieFriends.Chaos.Traffic;

/// <summary>Sends malformed messages and charges of unknown users at a steady rate, and knows which of them the broker has confirmed.</summary>
internal sealed class BadMessageInjector : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_flushTimeout = TimeSpan.FromMinutes(1);

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly ConcurrentBag<(string Key, string Value)> _confirmed = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly string _topic;
    private readonly double _perSecond;
    private Task _sending = Task.CompletedTask;
    private Error? _fatal;

    /// <param name="config">The client's settings.</param>
    /// <param name="topic">Where to.</param>
    /// <param name="perSecond">So many of each of the two kinds.</param>
    public BadMessageInjector(ProducerConfig config, string topic, double perSecond)
    {
        (_topic, _perSecond) = (topic, perSecond);
        config.Acks = Acks.All;
        config.EnableIdempotence ??= true;
        config.MessageTimeoutMs = 0;
        config.LingerMs = 5;
        config.OneRequestAtATime();
        _producer = new ProducerBuilder<byte[], byte[]>(config)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => _fatal = error.IsFatal ? error : _fatal)
            .Build();
    }

    /// <summary>Key and value of each message that is in the topic for certain.</summary>
    public IReadOnlyCollection<(string Key, string Value)> Confirmed => _confirmed;

    public void Begin() => _sending = Task.Run(() => SendAsync(_stop.Token));

    /// <summary>Stops sending and waits for the last confirmations.</summary>
    /// <exception cref="InvalidOperationException">The client has given up.</exception>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        await Task.Run(() => _producer.Flush(s_flushTimeout));
        if (_fatal is { } fatal)
            throw new InvalidOperationException($"The harness's own producer has failed: {fatal.Reason}");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _producer.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var (sent, due) = (0L, 0.0);
        using var ticks = new PeriodicTimer(s_interval);
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellationToken))
            {
                for (due += _perSecond * s_interval.TotalSeconds; sent < due; sent++)
                {
                    Send(BadMessages.Malformed(sent));
                    Send(BadMessages.UnknownUser(sent));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Enough.
        }
    }

    private void Send((string Key, string Value) message)
    {
        var bytes = new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(message.Key), Value = Encoding.UTF8.GetBytes(message.Value) };
        _producer.Produce(_topic, bytes, report =>
        {
            if (!report.Error.IsError)
                _confirmed.Add(message);
        });
    }
}
