using System.Buffers.Binary;
using CsCheck;
using Neo4j.Driver.Bolt;
using Neo4j.Driver.PackStream;

namespace Neo4j.Driver.Tests.Bolt;

public sealed class ChunkFramingTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(65534, 1)]
    [InlineData(65535, 1)]
    [InlineData(65536, 2)]
    [InlineData(131070, 2)]
    [InlineData(131071, 3)]
    [InlineData(1000000, 16)]
    public void A_message_is_cut_into_chunks_of_at_most_65535_bytes(int size, int chunks)
    {
        var message = Content(size);
        var framed = Frame(message);
        Assert.Equal(size + chunks * 2 + 2, framed.Length);

        var joined = new List<byte>();
        var position = 0;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(framed.AsSpan(position));
            joined.AddRange(framed.AsSpan(position + 2, length));
            position += 2 + length;
        }

        Assert.Equal(message, joined);
        Assert.Equal([0, 0], framed[position..]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(200000)]
    public async Task A_framed_message_is_read_as_it_was(int size)
    {
        var message = Content(size);
        using var reader = new MessageReader(new DribblingStream(Frame(message), 1 + size / 7), 64, 128);
        Assert.Equal(message, (await reader.ReadAsync()).ToArray());
    }

    [Fact]
    public async Task Messages_arrive_whole_however_the_network_cuts_them() => await
        Gen.Select(Gen.Int[1, 3000].List[1, 30], Gen.Int[1, 5000], Gen.Int[1, 700]).SampleAsync(async (sizes, portion, chunkSize) =>
        {
            var messages = sizes.Select(Content).ToList();
            var stream = messages.SelectMany(message => InChunksOf(chunkSize, message)).ToArray();
            using var reader = new MessageReader(new DribblingStream(stream, portion), 64, 128);
            foreach (var message in messages)
            {
                Assert.Equal(message, (await reader.ReadAsync()).ToArray());
            }
        }, iter: 300);

    [Fact]
    public async Task Signs_of_life_between_messages_are_skipped()
    {
        byte[] stream = [0, 0, 0, 0, .. Frame(Content(5)), 0, 0, .. Frame(Content(6)), 0, 0];
        using var reader = new MessageReader(new DribblingStream(stream, 3), 64, 128);
        Assert.Equal(5, (await reader.ReadAsync()).Length);
        Assert.Equal(6, (await reader.ReadAsync()).Length);
    }

    [Fact]
    public async Task The_end_of_the_stream_within_a_message_is_an_error()
    {
        using var reader = new MessageReader(new DribblingStream(Frame(Content(100))[..50], 8), 64, 128);
        await Assert.ThrowsAsync<IOException>(async () => await reader.ReadAsync());
    }

    private static byte[] Content(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(i * 31 + i / 251))];

    private static byte[] Frame(byte[] message)
    {
        using var writer = new PackStreamWriter(16);
        var start = ChunkFraming.Begin(writer);
        message.CopyTo(writer.Take(message.Length));
        ChunkFraming.End(writer, start);
        return writer.Written.ToArray();
    }

    private static IEnumerable<byte> InChunksOf(int size, byte[] message) => message.Chunk(size)
        .SelectMany(chunk => (byte[])[(byte)(chunk.Length >> 8), (byte)chunk.Length, .. chunk])
        .Concat([(byte)0, (byte)0]);
}
