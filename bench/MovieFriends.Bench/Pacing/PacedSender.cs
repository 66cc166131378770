using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Chaos.Servers;
using MovieFriends.Contracts.Charges;
using MovieFriends.Kafka;

namespace MovieFriends.Bench.Pacing;

/// <summary>
/// Sends charges at an even rate, each of another user, with the settings of the product's producer. A charge is due at a fixed time,
/// whether or not there was time to send it: what the sender itself is late by counts as latency, too, instead of hiding it.
/// </summary>
internal sealed class PacedSender : IAsyncDisposable
{
    private const int Cents = 5_000;

    // Timers are no finer; at higher rates several go out together.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_flushTimeout = TimeSpan.FromMinutes(1);

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _topic;
    private readonly SentCharges _sent;
    private readonly long _firstUser;
    private Task<long> _sending = Task.FromResult(0L);
    private long _confirmed;
    private Error? _failure;

    /// <param name="environment">How to reach the broker.</param>
    /// <param name="topic">Where to.</param>
    /// <param name="firstUser">The user of the first charge; the next is of the next.</param>
    /// <param name="sent">Is told what the broker has confirmed.</param>
    public PacedSender(IReadOnlyDictionary<string, string> environment, string topic, long firstUser, SentCharges sent)
    {
        (_topic, _firstUser, _sent) = (topic, firstUser, sent);
        var config = KafkaClientSettings.Producer(environment);
        config.Acks = Acks.All;
        config.EnableIdempotence ??= true;
        config.MessageTimeoutMs = 0;
        config.LingerMs = 5;
        config.OneRequestAtATime();
        _producer = new ProducerBuilder<byte[], byte[]>(config)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => _failure = error.IsFatal ? error : _failure)
            .Build();
    }

    /// <summary>Begins.</summary>
    /// <param name="perSecond">Charges per second.</param>
    /// <param name="most">Ends by itself after so many.</param>
    public void Begin(double perSecond, long most) => _sending = Task.Run(() => SendAsync(perSecond, most, _stop.Token));

    /// <summary>Stops, and waits for the last confirmations.</summary>
    /// <exception cref="InvalidOperationException">The broker has not confirmed everything.</exception>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        var sent = await _sending;
        await Task.Run(() => _producer.Flush(s_flushTimeout));
        if (Interlocked.Read(ref _confirmed) is var confirmed && confirmed != sent)
            throw new InvalidOperationException($"Of {sent} messages {confirmed} are confirmed: {_failure?.Reason ?? "the broker has not answered in time"}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _producer.Dispose();
        _stop.Dispose();
    }

    private async Task<long> SendAsync(double perSecond, long most, CancellationToken cancellationToken)
    {
        var (number, start, epochSeconds) = (0L, Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        using var ticks = new PeriodicTimer(s_tick);
        try
        {
            while (number < most && await ticks.WaitForNextTickAsync(cancellationToken))
            {
                for (var due = Math.Min(most, Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond); number < due; number++)
                {
                    var seconds = number / perSecond;
                    Send(number, start + (long)(seconds * Stopwatch.Frequency), Math.Round(epochSeconds + seconds, 6));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Enough.
        }

        return number;
    }

    private void Send(long number, long due, double epochSeconds)
    {
        var charge = new SentCharge(number, _firstUser + number, number % Cents / 100.0, due);
        var value = new byte[ChargeCodec.MaxEncodedLength];
        var length = ChargeCodec.Write(new Charge(charge.UserId, charge.Amount, epochSeconds), value);
        var message = new Message<byte[], byte[]>
        {
            Key = Encoding.ASCII.GetBytes(charge.UserId.ToString(CultureInfo.InvariantCulture)),
            Value = value[..length],
        };
        _producer.Produce(_topic, message, report =>
        {
            if (report.Error.IsError)
            {
                _failure = report.Error;
                return;
            }

            _sent.Add(report.Partition.Value, report.Offset.Value, charge);
            Interlocked.Increment(ref _confirmed);
        });
    }
}
