using Confluent.Kafka;

namespace MovieFriends.Kafka.BatchProducer;

/// <summary>
/// Kafka's producer as librdkafka has it, which takes many messages of a partition at once and reports many at once. Through Confluent.Kafka, which
/// hands over and reports each message by itself and makes objects for it, a message costs several times as much. The settings are the same.
/// Messages have keys, of at most 512 bytes together with the value; nothing is allocated for one.
/// </summary>
/// <remarks>
/// One thread at a time sends and flushes. A message waits for <see cref="TryHandOver(ref MessageBatch)"/> until the batch of its partition is full.
/// </remarks>
public sealed class BatchProducer : IDisposable
{
    /// <summary>The most bytes of a message, key and value together.</summary>
    public const int MaxMessageLength = MessageBatch.MaxMessageLength;

    private static readonly TimeSpan s_partitionsInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_partitionsTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_partitionsPause = TimeSpan.FromMilliseconds(100);

    private readonly SendingThread _thread;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _finding = new();
    private MessageBatch[] _batches = [];
    private volatile int _partitions;

    /// <summary>Makes a client.</summary>
    /// <param name="config">Its settings.</param>
    /// <param name="topic">Where it sends to.</param>
    /// <param name="handlers">Hear what becomes of messages.</param>
    /// <param name="time">The clock; the system's if null.</param>
    /// <exception cref="InvalidOperationException">A setting is not one of the client's, or wrong.</exception>
    /// <exception cref="NotSupportedException">The native library is none that this was written for.</exception>
    public BatchProducer(ProducerConfig config, string topic, BatchProducerHandlers handlers, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(handlers);
        SelfTest.Run();
        _time = time ?? TimeProvider.System;
        _thread = new SendingThread(config, topic, handlers);
    }

    /// <summary>How many partitions the topic has, as far as it is known: 0 before <see cref="StartAsync"/>.</summary>
    public int Partitions
    {
        get => _partitions;
        internal set => _partitions = value;
    }

    /// <summary>How many messages librdkafka has taken.</summary>
    public long Taken => _thread.Taken;

    /// <summary>Why it takes no more; <see cref="ErrorCode.NoError"/> as long as it does.</summary>
    public ErrorCode Refusal => _thread.Refusal;

    /// <summary>
    /// Waits until the topic's partitions are known. From then on it asks every minute whether there are more. Not before
    /// the topic is there: a broker that makes topics by itself makes one that a producer asks for, with as many partitions as it likes.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (await Task.Run(() => FindPartitions(s_partitionsTimeout), cancellationToken) == 0)
            await Task.Delay(s_partitionsPause, _time, cancellationToken);
        _ = FollowPartitionsAsync();
    }

    /// <summary>Sends a message.</summary>
    /// <param name="key">Its key, which chooses the partition as in every client with the same setting.</param>
    /// <param name="value">Its value.</param>
    /// <param name="traceParent">
    /// The value of its header <c>traceparent</c>; null if it has none. Messages that have one and the same array are a batch; each of them is handed to librdkafka by itself, which
    /// takes headers no other way.
    /// </param>
    /// <returns>False if too many wait already, and this must be done again later; after a <see cref="Refusal"/> there is never room again.</returns>
    /// <exception cref="ArgumentException">The message is larger than <see cref="MaxMessageLength"/>.</exception>
    /// <exception cref="InvalidOperationException">Before <see cref="StartAsync"/>.</exception>
    public bool TrySend(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, byte[]? traceParent = null)
    {
        if (key.Length + value.Length > MaxMessageLength)
            throw new ArgumentException($"A message has at most {MaxMessageLength} bytes, and this one {key.Length + value.Length}.", nameof(value));

        ref var batch = ref BatchOf(key);
        if (batch.IsFull && !TryHandOver(ref batch))
            return false;

        if (!ReferenceEquals(traceParent, batch.TraceParent))
        {
            if (batch.Count > 0 && !TryHandOver(ref batch))
                return false;
            batch.TraceParent = traceParent;
        }

        batch.Add(key, value);
        return true;
    }

    /// <summary>Sends what waits for its batch to be full.</summary>
    /// <returns>False if too many wait already and this must be done again later.</returns>
    public bool TryHandOver()
    {
        foreach (ref var batch in _batches.AsSpan())
        {
            if (batch.Count > 0 && !TryHandOver(ref batch))
                return false;
        }

        return true;
    }

    /// <summary>Sends what was handed over without waiting for more, and waits until the broker has answered for everything, or for so long.</summary>
    public void Flush(TimeSpan timeout) => _thread.Flush(timeout);

    /// <summary>Ends the client; what is not confirmed yet is given up.</summary>
    public void Dispose()
    {
        lock (_finding)
        {
            if (_disposed.IsCancellationRequested)
                return;
            _disposed.Cancel();
            _thread.Dispose();
        }
    }

    /// <summary>Asks how many partitions the topic has. Blocks.</summary>
    /// <returns>0 if there is no answer, or no topic.</returns>
    internal int FindPartitions(TimeSpan timeout)
    {
        lock (_finding)
        {
            if (_disposed.IsCancellationRequested)
                return 0;

            var partitions = _thread.CountPartitions(timeout);
            _partitions = Math.Max(_partitions, partitions);
            return partitions;
        }
    }

    // A topic may be given more partitions while this runs. librdkafka looks for them itself, but where a message goes is chosen here.
    private async Task FollowPartitionsAsync()
    {
        using var timer = new PeriodicTimer(s_partitionsInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_disposed.Token))
                await Task.Run(() => FindPartitions(s_partitionsTimeout));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private ref MessageBatch BatchOf(ReadOnlySpan<byte> key)
    {
        var partitions = _partitions;
        if (partitions == 0)
            throw new InvalidOperationException($"Messages can be sent after {nameof(StartAsync)}.");
        if (_batches.Length < partitions)
            _batches = [.. _batches, .. Enumerable.Range(_batches.Length, partitions - _batches.Length).Select(_thread.Rent)];
        return ref _batches[_thread.PartitionOf(key, partitions)];
    }

    private bool TryHandOver(ref MessageBatch batch)
    {
        var partition = batch.Partition;
        if (!_thread.TrySend(batch))
            return false;

        batch = _thread.Rent(partition);
        return true;
    }
}
