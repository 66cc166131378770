using System.Buffers.Binary;

namespace MovieFriends.Chaos.Network;

/// <summary>Recognises requests of Kafka's protocol.</summary>
internal static class KafkaRequests
{
    private const int SizeLength = 4;
    private const int ApiKeyLength = 2;
    private const short Produce = 0;
    private const short ListOffsets = 2;

    /// <summary>How many requests that carry messages begin in what was received at once.</summary>
    public static int CountProduce(ReadOnlySpan<byte> received) => Count(received, Produce);

    /// <summary>Whether it is asked where a partition begins.</summary>
    public static bool AsksForBeginning(ReadOnlySpan<byte> received) => Count(received, ListOffsets) > 0 && received.IndexOf(Earliest) >= 0;

    /// <summary>Whether it is asked where a partition ends.</summary>
    public static bool AsksForEnd(ReadOnlySpan<byte> received) => Count(received, ListOffsets) > 0 && received.IndexOf(Latest) >= 0;

    /// <summary>A time of -2, and the first byte of what comes behind it: no tags, or a small number.</summary>
    private static ReadOnlySpan<byte> Earliest => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0x00];

    /// <summary>The same, of -1.</summary>
    private static ReadOnlySpan<byte> Latest => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00];

    // A request is its size, then the number of its kind.
    private static int Count(ReadOnlySpan<byte> received, short kind)
    {
        var count = 0;
        while (received.Length >= SizeLength + ApiKeyLength)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(received);
            if (BinaryPrimitives.ReadInt16BigEndian(received[SizeLength..]) == kind)
                count++;
            received = received[Math.Clamp(SizeLength + size, SizeLength, received.Length)..];
        }

        return count;
    }
}
