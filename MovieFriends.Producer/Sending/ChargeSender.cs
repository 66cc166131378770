using System.Globalization;
using Confluent.Kafka;
using MovieFriends.Contracts.Charges;
using MovieFriends.Producer.Client;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Producer.Sending;

/// <summary>
/// Gathers charges by partition and hands them to the client in runs, one thread at a time. Nothing is allocated per message.
/// What was sent waits for <see cref="TryHandOver"/> until the run of its partition is full.
/// </summary>
internal sealed class ChargeSender(RunProducer producer, DeliveryCounter counter, SendSpans spans)
{
    private const int MaxKeyLength = 20;

    private static readonly TimeSpan s_flushStep = TimeSpan.FromMilliseconds(200);

    private MessageRun[] _runs = [];
    private volatile int _partitions;
    private bool _refused;

    /// <summary>How many partitions the topic has. It may have more later.</summary>
    public int Partitions
    {
        get => _partitions;
        set => _partitions = value;
    }

    /// <summary>Sends one charge.</summary>
    /// <param name="userId">The user, whose id becomes the key.</param>
    /// <param name="value">The message value.</param>
    /// <returns>False if the client's queue is full and the charge must be sent again later.</returns>
    /// <exception cref="FatalException">The client sends nothing any more.</exception>
    public bool TrySend(long userId, ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[MaxKeyLength];
        userId.TryFormat(buffer, out var keyLength, default, CultureInfo.InvariantCulture);
        var key = buffer[..keyLength];
        var run = RunOf(key);
        if (run.IsFull)
        {
            producer.Serve();
            if (!TryHandOver(run))
                return false;
        }

        counter.Sending(value.Length);
        var traceParent = spans.Next(counter.Sent - 1);
        if (!ReferenceEquals(traceParent, run.TraceParent))
        {
            if (run.Count > 0 && !TryHandOver(run))
            {
                counter.NotSent(value.Length);
                spans.NotSent();
                return false;
            }

            run.TraceParent = traceParent;
        }

        run.Add(key, value);
        return true;
    }

    /// <summary>Gives the client what it does not have yet.</summary>
    /// <returns>False if its queue is full and this must be done again later.</returns>
    /// <exception cref="FatalException">The client sends nothing any more.</exception>
    public bool TryHandOver()
    {
        foreach (var run in _runs)
        {
            if (run.Count > 0 && !TryHandOver(run))
                return false;
        }

        return true;
    }

    /// <summary>Waits until the fate of every message is known, but for those that the client does not take any more.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            while ((!_refused && !TryHandOver()) || (counter.Outstanding > (_refused ? NotHandedOver() : 0) && counter.Fatal is null))
            {
                cancellationToken.ThrowIfCancellationRequested();
                producer.Flush(s_flushStep);
            }
        },
        cancellationToken);

    private MessageRun RunOf(ReadOnlySpan<byte> key)
    {
        var partitions = _partitions;
        if (_runs.Length < partitions)
            _runs = [.. _runs, .. Enumerable.Range(_runs.Length, partitions - _runs.Length).Select(partition => new MessageRun(partition, MaxKeyLength + ChargeCodec.MaxAcceptedLength))];
        return _runs[producer.PartitionOf(key, partitions)];
    }

    private int NotHandedOver()
    {
        var messages = 0;
        foreach (var run in _runs)
            messages += run.Count;
        return messages;
    }

    private bool TryHandOver(MessageRun run)
    {
        var error = producer.Send(run);
        if (error == ErrorCode.NoError)
            return true;
        if (error == ErrorCode.Local_QueueFull)
            return false;

        _refused = true;
        throw new FatalException($"Kafka takes no more messages from this producer: {(counter.Fatal ?? new Error(error)).Reason}.");
    }
}
