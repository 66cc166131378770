using Confluent.Kafka;

namespace MovieFriends.KafkaToNeo4j.Polling;

/// <summary>The length of a key or value whose bytes lie in a <see cref="ReusableBuffer"/>; -1 is null.</summary>
internal readonly record struct MessageBytes(int Length);

/// <summary>
/// Keeps the bytes of the message polled last, instead of making an array for each message. To be used by one thread:
/// the bytes are gone with the next poll.
/// </summary>
internal sealed class ReusableBuffer : IDeserializer<MessageBytes>
{
    private byte[] _bytes = new byte[256];

    public MessageBytes Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (data.Length > _bytes.Length)
            _bytes = new byte[data.Length];

        data.CopyTo(_bytes);
        return new MessageBytes(isNull ? -1 : data.Length);
    }

    /// <summary>The bytes, or <c>default</c> where there are none.</summary>
    public ReadOnlySpan<byte> Read(MessageBytes message) => message.Length < 0 ? default : _bytes.AsSpan(0, message.Length);
}

/// <summary>Key and value of the message polled last.</summary>
internal sealed class MessageBuffers
{
    public ReusableBuffer Key { get; } = new();

    public ReusableBuffer Value { get; } = new();
}
