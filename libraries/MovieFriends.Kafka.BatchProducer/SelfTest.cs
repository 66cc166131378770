using System.Runtime.InteropServices;
using System.Text;

namespace MovieFriends.Kafka.BatchProducer;

/// <summary>
/// Holds what <see cref="Librdkafka"/> says of the native library against the one that is loaded: its version, and its structures, by messages
/// that go in through them, to a client without a broker, and come back as reports. Made once for each process, before the first client.
/// </summary>
internal static unsafe class SelfTest
{
    // Of the package in Directory.Packages.props. Within a major version librdkafka keeps its binary interface; older ones may lack something.
    private const int Major = 2;
    private const int MinMinor = 16;

    private const int Milliseconds = 5_000;
    private const int Purged = -152;
    private const int Partition = 0;

    private static readonly Lazy<string> s_version = new(Make);

    /// <summary>Makes the test, unless it was made.</summary>
    /// <returns>The version of the library.</returns>
    /// <exception cref="NotSupportedException">It is not what this was written for.</exception>
    public static string Run() => s_version.Value;

    /// <summary>Whether this was written for a version, as librdkafka writes it: <c>0xMMmmrrpp</c>.</summary>
    public static bool Fits(int version) => version >> 24 == Major && (version >> 16 & 0xFF) >= MinMinor;

    private static string Make()
    {
        var version = Librdkafka.Version();
        var name = $"{version >> 24}.{version >> 16 & 0xFF}.{version >> 8 & 0xFF}";
        if (!Fits(version))
            throw Refused($"is version {name}, and this was written for {Major}.{MinMinor} and later ones of {Major}");

        var settings = Librdkafka.NewConfiguration();
        var error = stackalloc byte[Librdkafka.ErrorSize];

        // Without a broker's address it says so.
        _ = Librdkafka.Set(settings, "log_level", "0", error, Librdkafka.ErrorSize);
        Librdkafka.SetEvents(settings, Librdkafka.Events.DeliveryReport);
        var client = Librdkafka.NewClient(Librdkafka.Producer, settings, error, Librdkafka.ErrorSize);
        if (client == 0)
            throw Refused($"makes no client: {Librdkafka.Text(error)}");

        var topic = Librdkafka.NewTopic(client, "self-test", 0);
        var queue = Librdkafka.MainQueue(client);
        try
        {
            SendTogether(topic);
            SendWithHeader(client, topic);
            _ = Librdkafka.Purge(client, Librdkafka.PurgeQueued);
            Receive(queue);
        }
        finally
        {
            Librdkafka.DestroyQueue(queue);
            Librdkafka.DestroyTopic(topic);
            Librdkafka.DestroyClient(client, Librdkafka.DestroyAtOnce);
        }

        return name;
    }

    // Two, so that the size of one counts, too.
    private static void SendTogether(nint topic)
    {
        fixed (byte* bytes = "key1value2k2v"u8)
        {
            var messages = stackalloc Librdkafka.Message[2];
            messages[0] = new() { Key = bytes, KeyLength = 4, Value = bytes + 4, ValueLength = 6, Opaque = 11 };
            messages[1] = new() { Key = bytes + 10, KeyLength = 2, Value = bytes + 12, ValueLength = 1, Opaque = 12 };
            if (Librdkafka.Produce(topic, Partition, Librdkafka.CopyPayload, messages, 2) != 2)
                throw Refused("does not take messages");
        }
    }

    private static void SendWithHeader(nint client, nint topic)
    {
        const int Arguments = 6;
        fixed (byte* bytes = "k3value4name\0header"u8)
        {
            var arguments = stackalloc Librdkafka.Argument[Arguments];
            arguments[0] = new() { Type = Librdkafka.ArgumentType.TopicHandle, Pointer = (void*)topic };
            arguments[1] = new() { Type = Librdkafka.ArgumentType.Partition, Number = Partition };
            arguments[2] = new() { Type = Librdkafka.ArgumentType.MessageFlags, Number = Librdkafka.CopyPayload };
            arguments[3] = new() { Type = Librdkafka.ArgumentType.Header, Pointer = bytes + 8, HeaderValue = bytes + 13, HeaderLength = 6 };
            arguments[4] = new() { Type = Librdkafka.ArgumentType.Key, Pointer = bytes, Length = 2 };
            arguments[5] = new() { Type = Librdkafka.ArgumentType.Value, Pointer = bytes + 2, Length = 6 };
            if (Librdkafka.Produce(client, arguments, Arguments) is not 0 and var error)
            {
                Librdkafka.DestroyError(error);
                throw Refused("does not take a message with a header");
            }
        }
    }

    private static void Receive(nint queue)
    {
        var received = new List<string>();
        var messages = stackalloc Librdkafka.Message*[3];
        while (received.Count < 3)
        {
            var occurrence = Librdkafka.Poll(queue, Milliseconds);
            if (occurrence == 0)
                throw Refused("does not report messages");

            var count = (int)Librdkafka.EventMessages(occurrence, messages, 3);
            for (var i = 0; i < count; i++)
                received.Add(Describe(messages[i]));
            Librdkafka.DestroyEvent(occurrence);
        }

        string[] sent = [$"{Purged} key1 value2 11 ", $"{Purged} k2 v 12 ", $"{Purged} k3 value4 0 header"];
        if (!received.Order(StringComparer.Ordinal).SequenceEqual(sent.Order(StringComparer.Ordinal)))
            throw Refused($"returns other messages than it was given: {string.Join(", ", received)}");
    }

    private static string Describe(Librdkafka.Message* message)
    {
        // Lengths that are too large would have whatever comes next read as text.
        if (message->KeyLength > 4 || message->ValueLength > 6)
            return "a message with other lengths";

        nint headers;
        void* header = null;
        nuint length = 0;
        var hasHeader = Librdkafka.Headers(message, &headers) == 0 && Librdkafka.Header(headers, 0, Pointer("name\0"u8), &header, &length) == 0 && length == 6;
        return $"{message->Error} {Text(message->Key, message->KeyLength)} {Text(message->Value, message->ValueLength)} {message->Opaque} {(hasHeader ? Text(header, 6) : "")}";
    }

    // Of bytes that are part of the program and stay where they are.
    private static byte* Pointer(ReadOnlySpan<byte> constant) => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(constant));

    private static string Text(void* bytes, nuint length) => Encoding.UTF8.GetString(new ReadOnlySpan<byte>(bytes, (int)length));

    private static NotSupportedException Refused(string what) => new($"The librdkafka that Confluent.Kafka has loaded cannot be used to send batches: it {what}.");
}
