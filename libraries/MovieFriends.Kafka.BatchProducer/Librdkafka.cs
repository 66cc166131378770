using System.Runtime.InteropServices;

namespace MovieFriends.Kafka.BatchProducer;

/// <summary>
/// What is called of librdkafka's public interface (<c>rdkafka.h</c>): Confluent.Kafka brings the library, but offers of it only the call
/// for a single message. <see cref="SelfTest"/> holds the structures against the library that is there.
/// </summary>
internal static unsafe partial class Librdkafka
{
    public const int Producer = 0;
    public const int CopyPayload = 2;
    public const int PurgeQueued = 1;
    public const int DestroyAtOnce = 4;

    /// <summary>Room for the text of an error, in bytes.</summary>
    public const int ErrorSize = 512;

    private const string Name = "librdkafka";

    private static readonly Lazy<nint> s_library = new(LoadedLibrary.Find);

    static Librdkafka() =>
        NativeLibrary.SetDllImportResolver(typeof(Librdkafka).Assembly, (name, _, _) => name == Name ? s_library.Value : 0);

    [Flags]
    public enum Events
    {
        None = 0,
        DeliveryReport = 0x1,
        Log = 0x4,
        Error = 0x8,
    }

    public enum ArgumentType
    {
        TopicHandle = 2,
        Partition = 3,
        Value = 4,
        Key = 5,
        MessageFlags = 7,
        Header = 9,
    }

    /// <summary>Chooses the partition of a key; the handle of the topic and both opaque pointers are not used by those that look at keys alone.</summary>
    public static delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, int, nint, nint, int> Partitioner(string name) =>
        (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, int, nint, nint, int>)NativeLibrary.GetExport(s_library.Value, "rd_kafka_msg_partitioner_" + name);

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>The library's version, two hexadecimal digits each: major, minor, revision, and a mark of releases.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_version")]
    public static partial int Version();

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint NewConfiguration();

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_destroy")]
    public static partial void DestroyConfiguration(nint configuration);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Set(nint configuration, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Name, EntryPoint = "rd_kafka_conf_set_events")]
    public static partial void SetEvents(nint configuration, Events events);

    /// <summary>Makes a client, which owns the configuration from then on; null, and it does not, if it cannot.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_new")]
    public static partial nint NewClient(int type, nint configuration, byte* error, nuint errorSize);

    [LibraryImport(Name, EntryPoint = "rd_kafka_destroy")]
    public static partial void DestroyClient(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_destroy_flags")]
    public static partial void DestroyClient(nint client, int flags);

    /// <summary>Gives messages up; reports say so.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_purge")]
    public static partial int Purge(nint client, int flags);

    [LibraryImport(Name, EntryPoint = "rd_kafka_set_log_queue")]
    public static partial int SetLogQueue(nint client, nint queue);

    [LibraryImport(Name, EntryPoint = "rd_kafka_fatal_error")]
    public static partial int FatalError(nint client, byte* error, nuint errorSize);

    [LibraryImport(Name, EntryPoint = "rd_kafka_flush")]
    public static partial int Flush(nint client, int milliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewTopic(nint client, string name, nint configuration);

    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_destroy")]
    public static partial void DestroyTopic(nint topic);

    /// <summary>Asks a broker about one topic; the client uses what it hears. The answer is to be destroyed.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_metadata")]
    public static partial int Describe(nint client, int allTopics, nint topic, Description** description, int milliseconds);

    [LibraryImport(Name, EntryPoint = "rd_kafka_metadata_destroy")]
    public static partial void DestroyDescription(Description* description);

    [LibraryImport(Name, EntryPoint = "rd_kafka_produce_batch")]
    public static partial int Produce(nint topic, int partition, int flags, Message* messages, int count);

    /// <summary>Sends one message, which may have headers.</summary>
    /// <returns>Null, or an error that is to be destroyed.</returns>
    [LibraryImport(Name, EntryPoint = "rd_kafka_produceva")]
    public static partial nint Produce(nint client, Argument* arguments, nuint count);

    [LibraryImport(Name, EntryPoint = "rd_kafka_error_code")]
    public static partial int ErrorCode(nint error);

    [LibraryImport(Name, EntryPoint = "rd_kafka_error_destroy")]
    public static partial void DestroyError(nint error);

    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_get_main")]
    public static partial nint MainQueue(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_destroy")]
    public static partial void DestroyQueue(nint queue);

    /// <summary>Waits for an event, which is to be destroyed; null if none comes in time.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_poll")]
    public static partial nint Poll(nint queue, int milliseconds);

    /// <summary>Ends the wait of another thread for an event, now or when it begins.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_yield")]
    public static partial void Yield(nint queue);

    [LibraryImport(Name, EntryPoint = "rd_kafka_event_type")]
    public static partial Events EventType(nint occurrence);

    [LibraryImport(Name, EntryPoint = "rd_kafka_event_message_array")]
    public static partial nuint EventMessages(nint occurrence, Message** messages, nuint size);

    /// <summary>The headers of a message, which stay the message's own.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_message_headers")]
    public static partial int Headers(Message* message, nint* headers);

    [LibraryImport(Name, EntryPoint = "rd_kafka_header_get")]
    public static partial int Header(nint headers, nuint index, byte* name, void** value, nuint* size);

    [LibraryImport(Name, EntryPoint = "rd_kafka_event_error")]
    public static partial int EventError(nint occurrence);

    [LibraryImport(Name, EntryPoint = "rd_kafka_event_error_string")]
    public static partial byte* EventErrorText(nint occurrence);

    [LibraryImport(Name, EntryPoint = "rd_kafka_event_error_is_fatal")]
    public static partial int EventErrorIsFatal(nint occurrence);

    [LibraryImport(Name, EntryPoint = "rd_kafka_event_log")]
    public static partial int EventLog(nint occurrence, byte** facility, byte** text, int* level);

    [LibraryImport(Name, EntryPoint = "rd_kafka_event_destroy")]
    public static partial void DestroyEvent(nint occurrence);

    /// <summary>The beginning of <c>rd_kafka_metadata_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Description
    {
        public int BrokerCount;
        public nint Brokers;
        public int TopicCount;
        public TopicDescription* Topics;
    }

    /// <summary><c>rd_kafka_metadata_topic_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TopicDescription
    {
        public byte* Name;
        public int PartitionCount;
        public nint Partitions;
        public int Error;
    }

    /// <summary>A message, <c>rd_kafka_message_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Error;
        public nint Topic;
        public int Partition;
        public byte* Value;
        public nuint ValueLength;
        public byte* Key;
        public nuint KeyLength;
        public long Offset;
        public nint Opaque;
    }

    /// <summary>An argument of the call for one message, <c>rd_kafka_vu_t</c>: its type, and what goes with it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 72)]
    public struct Argument
    {
        [FieldOffset(0)]
        public ArgumentType Type;

        /// <summary>The value or key, the name of the header, or the handle.</summary>
        [FieldOffset(8)]
        public void* Pointer;

        [FieldOffset(8)]
        public int Number;

        /// <summary>Of a value or key.</summary>
        [FieldOffset(16)]
        public nuint Length;

        /// <summary>Of a header.</summary>
        [FieldOffset(16)]
        public void* HeaderValue;

        [FieldOffset(24)]
        public nint HeaderLength;
    }
}
