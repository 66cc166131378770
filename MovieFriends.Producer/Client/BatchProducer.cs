using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Confluent.Kafka;
using MovieFriends.Contracts.Topics;
using MovieFriends.ServiceDefaults.Configuration;

namespace MovieFriends.Producer.Client;

/// <summary>
/// Kafka's producer as librdkafka has it, which takes many messages of a partition at once and reports many at once. Through Confluent.Kafka, which
/// hands over and reports each message by itself and makes objects for it, a message costs several times as much. The settings are the same.
/// </summary>
/// <remarks>
/// A thread of its own hands messages over and takes reports, so that their memory is freed where it was allocated: two threads that do so wait
/// for each other. Whoever makes messages up works beside it.
/// </remarks>
internal sealed unsafe class BatchProducer : IDisposable
{
    private const int MaxReported = 256;
    private const int PollMilliseconds = 100;
    private const int FullMilliseconds = 2;
    private const int MaxWaiting = 128;

    // librdkafka asks for the id that makes a producer idempotent half a second after it was made, whenever the broker can be reached, and sends nothing before.
    private static readonly TimeSpan s_idDelay = TimeSpan.FromMilliseconds(600);

    private readonly IClientListener _listener;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly long _made;
    private readonly TimeSpan _delay;
    private readonly nint _client;
    private readonly nint _queue;
    private readonly delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, int, nint, nint, int> _partitioner;
    private readonly Channel<MessageBatch> _waiting = Channel.CreateBounded<MessageBatch>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
    private readonly ConcurrentQueue<MessageBatch> _sent = new();
    private readonly Thread _worker;
    private readonly nint _headerName = Marshal.StringToCoTaskMemUTF8(TraceHeaders.TraceParent);
    private readonly string _topicName;
    private nint _topic;
    private long _taken;
    private volatile int _refusal;
    private volatile bool _resting;
    private volatile bool _disposed;

    /// <summary>Makes a client.</summary>
    /// <param name="config">Its settings.</param>
    /// <param name="topic">Where it sends to.</param>
    /// <param name="listener">Hears what becomes of messages.</param>
    /// <param name="logger">Takes what librdkafka logs.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ConfigurationException">A setting is not one of the client's, or wrong.</exception>
    public BatchProducer(ProducerConfig config, string topic, IClientListener listener, ILogger logger, TimeProvider time)
    {
        _listener = listener;
        _logger = logger;
        _time = time;
        _delay = config.EnableIdempotence == true ? s_idDelay : TimeSpan.Zero;
        _partitioner = Librdkafka.Partitioner(ClientFactory.Partitioner(config));
        _client = ClientFactory.Create(config);
        _made = time.GetTimestamp();
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

    /// <summary>Waits until the client could send at once: what is handed over before only waits.</summary>
    public Task SettleAsync(CancellationToken cancellationToken)
    {
        var left = _delay - _time.GetElapsedTime(_made);
        return left > TimeSpan.Zero ? Task.Delay(left, _time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>
    /// Asks how many partitions the topic has, which the client can send to from then on. Blocks. Not before the topic is there: a broker that makes
    /// topics by itself makes one that a producer asks for, with as many partitions as it likes.
    /// </summary>
    /// <returns>0 if there is no answer, or no topic.</returns>
    public int CountPartitions(TimeSpan timeout)
    {
        if (_topic == 0)
            _topic = Librdkafka.NewTopic(_client, _topicName, 0);
        Librdkafka.Description* description;
        if (Librdkafka.Describe(_client, 0, _topic, &description, (int)timeout.TotalMilliseconds) != 0)
            return 0;

        var partitions = description->TopicCount == 1 && description->Topics->Error == 0 ? description->Topics->PartitionCount : 0;
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
        var happening = Librdkafka.Poll(_queue, milliseconds);
        if (happening == 0)
            return;

        switch (Librdkafka.EventType(happening))
        {
            case Librdkafka.Events.DeliveryReport:
                Deliver(happening);
                break;
            case Librdkafka.Events.Error:
                Fail(happening);
                break;
            case Librdkafka.Events.Log:
                Write(happening);
                break;
        }

        Librdkafka.DestroyEvent(happening);
    }

    private void Deliver(nint happening)
    {
        var messages = stackalloc Librdkafka.Message*[MaxReported];
        while ((int)Librdkafka.EventMessages(happening, messages, MaxReported) is > 0 and var count)
        {
            var (failed, code) = (0, 0);
            for (var i = 0; i < count; i++)
            {
                if (messages[i]->Error != 0)
                    (failed, code) = (failed + 1, messages[i]->Error);
            }

            _listener.Delivered(count - failed, failed, failed > 0 ? new Error((ErrorCode)code) : null);
        }
    }

    private void Fail(nint happening)
    {
        var code = Librdkafka.EventError(happening);
        var reason = Librdkafka.Text(Librdkafka.EventErrorText(happening));
        var fatal = Librdkafka.EventErrorIsFatal(happening) != 0;
        if (fatal)
        {
            // The event only says that it is fatal; what it is stays with the client.
            var text = stackalloc byte[Librdkafka.ErrorSize];
            code = Librdkafka.FatalError(_client, text, Librdkafka.ErrorSize);
            reason = Librdkafka.Text(text);
        }

        _listener.ClientFailed(new Error((ErrorCode)code, reason, fatal));
    }

    private void Write(nint happening)
    {
        byte* facility;
        byte* text;
        int severity;
        if (Librdkafka.EventLog(happening, &facility, &text, &severity) != 0)
            return;

        var line = new LogMessage("producer", (SyslogLevel)severity, Librdkafka.Text(facility), Librdkafka.Text(text));
        var level = (LogLevel)line.LevelAs(LogLevelType.MicrosoftExtensionsLogging);
        if (_logger.IsEnabled(level))
            _logger.Log(level, default, line.Message, null, static (text, _) => text);
    }
}
