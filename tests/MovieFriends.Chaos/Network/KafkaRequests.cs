using System.Buffers.Binary;

namespace MovieFriends.Chaos.Network;

/// <summary>Recognises requests of Kafka's protocol.</summary>
internal static class KafkaRequests
{
    private const int SizeLength = 4;
    private const int ApiKeyLength = 2;
    private const short Produce = 0;

    /// <summary>How many requests that carry messages begin in what was received at once. A request is its size, then the number of its kind.</summary>
    public static int CountProduce(ReadOnlySpan<byte> received)
    {
        var count = 0;
        while (received.Length >= SizeLength + ApiKeyLength)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(received);
            if (BinaryPrimitives.ReadInt16BigEndian(received[SizeLength..]) == Produce)
                count++;
            received = received[Math.Clamp(SizeLength + size, SizeLength, received.Length)..];
        }

        return count;
    }
}
