using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Confluent.Kafka;

namespace MovieFriends.Kafka.BatchProducer;

/// <summary>
/// A client of librdkafka's, with a thread of its own that hands batches over and takes reports, so that their memory is freed where it was allocated: two
/// threads that do so wait for each other. Whoever makes messages up works beside it.
/// </summary>
internal sealed unsafe class SendingThread : IDisposable
{
    private const int MaxReported = 256;
    private const int PollMilliseconds = 100;
    private const int FullMilliseconds = 2;
    private const int MaxWaiting = 128;
    private const string TraceParent = "traceparent";

    private readonly BatchProducerHandlers _handlers;
    private readonly nint _client;
    private readonly nint _queue;
    private readonly delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, int, nint, nint, int> _partitioner;
    private readonly Channel<MessageBatch> _waiting = Channel.CreateBounded<MessageBatch>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
    private readonly ConcurrentQueue<MessageBatch> _sent = new();
    private readonly Thread _worker;
    private readonly nint _headerName = Marshal.StringToCoTaskMemUTF8(TraceParent);
    private readonly string _topicName;
    private nint _topic;
    private long _taken;
    private volatile int _refusal;
    private volatile bool _resting;
    private volatile bool _disposed;

    /// <exception cref="InvalidOperationException">A setting is not one of the client's, or wrong.</exception>
    public SendingThread(ProducerConfig config, string topic, BatchProducerHandlers handlers)
    {
        _handlers = handlers;
        _partitioner = Librdkafka.Partitioner(ClientFactory.Partitioner(config));
        _client = ClientFactory.Create(config);
        _ = Librdkafka.SetLogQueue(_client, 0);
        _queue = Librdkafka.MainQueue(_client);
        _topicName = topic;
        _worker = new Thread(Work) { IsBackground = true, Name = "Kafka producer" };
        _worker.Start();
    }

    /// <summary>How many messages librdkafka has taken.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Why it takes no more; <see cref="ErrorCode.NoError"/> as long as it does.</summary>
    public ErrorCode Refusal => (ErrorCode)_refusal;

    /// <summary>
    /// Asks how many partitions the topic has, which the client can send to from then on. Blocks.
    /// </summary>
    /// <returns>0 if there is no answer, or no topic.</returns>
    public int CountPartitions(TimeSpan timeout)
    {
        if (_topic == 0)
            _topic = Librdkafka.NewTopic(_client, _topicName, 0);
        Librdkafka.Description* description;
        if (Librdkafka.Describe(_client, 0, _topic, &description, (int)timeout.TotalMilliseconds) != 0)
            return 0;

        // The name is asked for as well: were the structure another, it would not stand there.
        var partitions = description->TopicCount == 1 && description->Topics->Error == 0 && Librdkafka.Text(description->Topics->Name) == _topicName ? description->Topics->PartitionCount : 0;
        Librdkafka.DestroyDescription(description);
        return partitions;
    }

    /// <summary>The partition of a key in a topic that has so many.</summary>
    public int PartitionOf(ReadOnlySpan<byte> key, int partitions)
    {
        fixed (byte* pointer = key)
            return _partitioner(_topic, pointer, (nuint)key.Length, partitions, 0, 0);
    }

    /// <summary>An empty batch, to be sent when it has messages. One thread fills and sends.</summary>
    public MessageBatch Rent(int partition)
    {
        if (!_sent.TryDequeue(out var batch))
            batch = new MessageBatch();
        batch.Partition = partition;
        return batch;
    }

    /// <summary>Sends a batch, which is not the caller's any more then.</summary>
    /// <returns>False if too many wait already and this must be done again later.</returns>
    public bool TrySend(MessageBatch batch)
    {
        if (!_waiting.Writer.TryWrite(batch))
            return false;

        Interlocked.MemoryBarrier();
        if (_resting)
            Librdkafka.Yield(_queue);
        return true;
    }

    /// <summary>Sends what waits without waiting for more, and waits until the broker has answered for everything, or for so long.</summary>
    public void Flush(TimeSpan timeout)
    {
        // It waits for what librdkafka has taken, and knows nothing of the rest.
        if (_waiting.Reader.Count > 0)
            Thread.Sleep(1);
        _ = Librdkafka.Flush(_client, (int)timeout.TotalMilliseconds);
    }

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        Librdkafka.Yield(_queue);
        _worker.Join();
        if (_topic != 0)
            Librdkafka.DestroyTopic(_topic);
        Librdkafka.DestroyQueue(_queue);
        Librdkafka.DestroyClient(_client);
        Marshal.FreeCoTaskMem(_headerName);
    }

    private (int Taken, ErrorCode Error) SendTogether(MessageBatch batch)
    {
        var messages = batch.Messages;
        fixed (Librdkafka.Message* first = messages)
        {
            if (Librdkafka.Produce(_topic, batch.Partition, Librdkafka.CopyPayload, first, messages.Length) == messages.Length)
                return (messages.Length, ErrorCode.NoError);
        }

        // With one partition all after the first that finds no room find none either.
        var taken = 0;
        while (messages[taken].Error == 0)
            taken++;
        return (taken, (ErrorCode)messages[taken].Error);
    }

    private (int Taken, ErrorCode Error) SendEach(MessageBatch batch, byte[] traceParent)
    {
        const int Arguments = 6;
        var arguments = stackalloc Librdkafka.Argument[Arguments];
        arguments[0] = new() { Type = Librdkafka.ArgumentType.TopicHandle, Pointer = (void*)_topic };
        arguments[1] = new() { Type = Librdkafka.ArgumentType.Partition, Number = batch.Partition };
        arguments[2] = new() { Type = Librdkafka.ArgumentType.MessageFlags, Number = Librdkafka.CopyPayload };
        fixed (byte* context = traceParent)
        {
            arguments[3] = new() { Type = Librdkafka.ArgumentType.Header, Pointer = (void*)_headerName, HeaderValue = context, HeaderLength = traceParent.Length };
            var messages = batch.Messages;
            for (var i = 0; i < messages.Length; i++)
            {
                arguments[4] = new() { Type = Librdkafka.ArgumentType.Key, Pointer = messages[i].Key, Length = messages[i].KeyLength };
                arguments[5] = new() { Type = Librdkafka.ArgumentType.Value, Pointer = messages[i].Value, Length = messages[i].ValueLength };
                var error = Librdkafka.Produce(_client, arguments, Arguments);
                if (error == 0)
                    continue;

                var code = (ErrorCode)Librdkafka.ErrorCode(error);
                Librdkafka.DestroyError(error);
                return (i, code);
            }

            return (messages.Length, ErrorCode.NoError);
        }
    }

    private void Work()
    {
        while (!_disposed)
        {
            if (_refusal == 0 && _waiting.Reader.TryPeek(out var batch))
            {
                Serve(0);
                Send(batch);
                continue;
            }

            // Whoever sends a batch from now on ends the wait.
            _resting = true;
            Interlocked.MemoryBarrier();
            Serve(_refusal == 0 && _waiting.Reader.TryPeek(out _) ? 0 : PollMilliseconds);
            _resting = false;
        }
    }

    private void Send(MessageBatch batch)
    {
        var (taken, error) = batch.TraceParent is null ? SendTogether(batch) : SendEach(batch, batch.TraceParent);
        batch.Remove(taken);
        Interlocked.Add(ref _taken, taken);
        if (error == ErrorCode.NoError)
        {
            _waiting.Reader.TryRead(out _);
            batch.TraceParent = null;
            _sent.Enqueue(batch);
        }
        else if (error == ErrorCode.Local_QueueFull)
        {
            // There is room when reports come.
            Serve(FullMilliseconds);
        }
        else
        {
            _refusal = (int)error;
        }
    }

    private void Serve(int milliseconds)
    {
        var occurrence = Librdkafka.Poll(_queue, milliseconds);
        if (occurrence == 0)
            return;

        switch (Librdkafka.EventType(occurrence))
        {
            case Librdkafka.Events.DeliveryReport:
                Deliver(occurrence);
                break;
            case Librdkafka.Events.Error:
                Fail(occurrence);
                break;
            case Librdkafka.Events.Log:
                Write(occurrence);
                break;
        }

        Librdkafka.DestroyEvent(occurrence);
    }

    private void Deliver(nint occurrence)
    {
        var messages = stackalloc Librdkafka.Message*[MaxReported];
        while ((int)Librdkafka.EventMessages(occurrence, messages, MaxReported) is > 0 and var count)
        {
            var (failed, code) = (0, 0);
            for (var i = 0; i < count; i++)
            {
                if (messages[i]->Error != 0)
                    (failed, code) = (failed + 1, messages[i]->Error);
            }

            _handlers.Delivered(count - failed, failed, failed > 0 ? new Error((ErrorCode)code) : null);
        }
    }

    private void Fail(nint occurrence)
    {
        var code = Librdkafka.EventError(occurrence);
        var reason = Librdkafka.Text(Librdkafka.EventErrorText(occurrence));
        var fatal = Librdkafka.EventErrorIsFatal(occurrence) != 0;
        if (fatal)
        {
            // The event only says that it is fatal; what it is stays with the client.
            var text = stackalloc byte[Librdkafka.ErrorSize];
            code = Librdkafka.FatalError(_client, text, Librdkafka.ErrorSize);
            reason = Librdkafka.Text(text);
        }

        _handlers.Failed?.Invoke(new Error((ErrorCode)code, reason, fatal));
    }

    private void Write(nint occurrence)
    {
        byte* facility;
        byte* text;
        int severity;
        if (Librdkafka.EventLog(occurrence, &facility, &text, &severity) != 0)
            return;

        _handlers.Log?.Invoke(new LogMessage("producer", (SyslogLevel)severity, Librdkafka.Text(facility), Librdkafka.Text(text)));
    }
}
