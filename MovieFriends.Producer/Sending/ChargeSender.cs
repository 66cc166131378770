using System.Globalization;
using Confluent.Kafka;
using MovieFriends.Producer.Client;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.ServiceDefaults.Kafka;

namespace MovieFriends.Producer.Sending;

/// <summary>
/// Gathers charges by partition and sends them in batches, one thread at a time. Nothing is allocated per message.
/// What was sent waits for <see cref="TryHandOver"/> until the batch of its partition is full.
/// </summary>
internal sealed class ChargeSender(BatchProducer producer, DeliveryCounter counter, SendSpans spans)
{
    private const int MaxKeyLength = 20;

    private static readonly TimeSpan s_flushStep = TimeSpan.FromMilliseconds(200);

    private MessageBatch[] _batches = [];
    private volatile int _partitions;

    /// <summary>How many partitions the topic has. It may have more later.</summary>
    public int Partitions
    {
        get => _partitions;
        set => _partitions = value;
    }

    /// <summary>Why the client takes no more; null as long as it does.</summary>
    public FatalException? Refusal => producer.Refusal is ErrorCode.NoError
        ? counter.Refusal is { } refusal ? new FatalException(KafkaFailure.Explain(refusal, "sending messages")) : null
        : new FatalException($"Kafka takes no more messages from this producer: {(counter.Fatal ?? new Error(producer.Refusal)).Reason}.");

    /// <summary>Sends one charge.</summary>
    /// <param name="userId">The user, whose id becomes the key.</param>
    /// <param name="value">The message value.</param>
    /// <returns>False if too many wait for the broker and the charge must be sent again later.</returns>
    /// <exception cref="FatalException">The client takes no more.</exception>
    public bool TrySend(long userId, ReadOnlySpan<byte> value)
    {
        Span<byte> buffer = stackalloc byte[MaxKeyLength];
        userId.TryFormat(buffer, out var keyLength, default, CultureInfo.InvariantCulture);
        var key = buffer[..keyLength];
        ref var batch = ref BatchOf(key);
        if (batch.IsFull && !TryHandOver(ref batch))
            return false;

        counter.Sending(value.Length);
        var traceParent = spans.Next(counter.Sent - 1);
        if (!ReferenceEquals(traceParent, batch.TraceParent))
        {
            if (batch.Count > 0 && !TryHandOver(ref batch))
            {
                counter.NotSent(value.Length);
                spans.NotSent();
                return false;
            }

            batch.TraceParent = traceParent;
        }

        batch.Add(key, value);
        return true;
    }

    /// <summary>Gives the client what it does not have yet.</summary>
    /// <returns>False if too many wait for the broker and this must be done again later.</returns>
    /// <exception cref="FatalException">The client takes no more.</exception>
    public bool TryHandOver()
    {
        counter.ThrowIfRefused();
        return Refusal is { } refusal ? throw refusal : TryMoveAll();
    }

    /// <summary>Waits until the fate of every message is known, but for those that the client does not take any more.</summary>
    /// <exception cref="FatalException">The broker has refused this client for too long.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            while (counter.Fatal is null && IsOpen())
            {
                cancellationToken.ThrowIfCancellationRequested();
                counter.ThrowIfRefused();
                producer.Flush(s_flushStep);
            }
        },
        cancellationToken);

    private bool IsOpen() => producer.Refusal is ErrorCode.NoError
        ? !TryMoveAll() || counter.Outstanding > 0
        : producer.Taken > counter.Confirmed + counter.Failed;

    private ref MessageBatch BatchOf(ReadOnlySpan<byte> key)
    {
        var partitions = _partitions;
        if (_batches.Length < partitions)
            _batches = [.. _batches, .. Enumerable.Range(_batches.Length, partitions - _batches.Length).Select(producer.Rent)];
        return ref _batches[producer.PartitionOf(key, partitions)];
    }

    // A client that takes no more never has room again.
    private bool TryHandOver(ref MessageBatch batch) => Refusal is { } refusal ? throw refusal : TryMove(ref batch);

    private bool TryMoveAll()
    {
        foreach (ref var batch in _batches.AsSpan())
        {
            if (batch.Count > 0 && !TryMove(ref batch))
                return false;
        }

        return true;
    }

    private bool TryMove(ref MessageBatch batch)
    {
        var partition = batch.Partition;
        if (!producer.TrySend(batch))
            return false;

        batch = producer.Rent(partition);
        return true;
    }
}
