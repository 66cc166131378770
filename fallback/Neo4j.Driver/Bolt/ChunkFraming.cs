using System.Buffers.Binary;
using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Bolt;

/// <summary>
/// Puts a message into chunks: two bytes of size before each, a size of zero after the last (Bolt message transfer
/// encoding).
/// </summary>
internal static class ChunkFraming
{
    public const int HeaderSize = 2;
    public const int MaxChunkSize = ushort.MaxValue;

    /// <summary>Leaves room for the first chunk's size and returns where the message begins.</summary>
    public static int Begin(PackStreamWriter writer)
    {
        var start = writer.Length;
        writer.Take(HeaderSize);
        return start;
    }

    /// <summary>Frames what has been written since <see cref="Begin"/> returned <paramref name="start"/>.</summary>
    public static void End(PackStreamWriter writer, int start)
    {
        var size = writer.Length - start - HeaderSize;
        var chunks = (size + MaxChunkSize - 1) / MaxChunkSize;
        writer.Take((chunks - 1) * HeaderSize);
        var message = writer.WrittenFrom(start);

        // A long message is moved apart from its end, so that no chunk is overwritten before it has moved.
        for (var chunk = chunks - 1; chunk >= 0; chunk--)
        {
            var offset = chunk * MaxChunkSize;
            var length = Math.Min(MaxChunkSize, size - offset);
            var target = offset + chunk * HeaderSize;
            if (chunk > 0)
            {
                message.Slice(HeaderSize + offset, length).CopyTo(message[(target + HeaderSize)..]);
            }

            BinaryPrimitives.WriteUInt16BigEndian(message[target..], (ushort)length);
        }

        writer.Take(HeaderSize).Clear();
    }
}
