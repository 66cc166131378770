using System.Text;
using CsCheck;
using MovieFriends.Producer.Sources;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

public sealed class LineReaderTests
{
    private const int MaxLength = 20;

    private static readonly string[] s_pieces = ["a", "bc", ",", "\n", "\r\n", new string('x', 30), new string('y', 20)];
    private static readonly Gen<string> s_text = Gen.Int[0, s_pieces.Length - 1].Array[0, 40].Select(pieces => string.Concat(pieces.Select(i => s_pieces[i])));

    [Fact]
    public void Lines_are_the_same_however_the_stream_arrives() =>
        Gen.Select(s_text, Gen.Int[1, 50], Gen.Int[MaxLength + 2, 100]).Sample((text, chunk, buffer) =>
        {
            var expected = Split(text).Select((line, i) => (Number: i + 1L, Line: line.Length > MaxLength ? null : line));

            Assert.Equal(expected, Read(Encoding.UTF8.GetBytes(text), chunk, buffer));
        });

    [Fact]
    public void A_line_longer_than_any_buffer_is_one_line_that_is_too_long()
    {
        var text = "first\n" + new string('x', 100_000) + "\nlast";

        Assert.Equal([(1L, "first"), (2L, null), (3L, "last")], Read(Encoding.UTF8.GetBytes(text), 4_096, 64));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_line() =>
        Assert.Equal([(1L, "one"), (2L, "two")], Read([0xEF, 0xBB, 0xBF, .. "one\ntwo\n"u8], 1, 64));

    [Fact]
    public void Blank_lines_count() => Assert.Equal([(1L, ""), (2L, ""), (3L, "x")], Read("\n\r\nx"u8.ToArray(), 64, 64));

    [Fact]
    public async Task Waiting_for_input_can_be_given_up()
    {
        using var never = new BlockingStream();
        using var reader = new LineReader(never, MaxLength);
        using var stop = new CancellationTokenSource();

        var fill = reader.FillAsync(stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fill.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Split(string text)
    {
        var lines = text.Split('\n');
        return (lines[^1].Length == 0 ? lines.SkipLast(1) : lines).Select(line => line.EndsWith('\r') ? line[..^1] : line);
    }

    private static List<(long Number, string? Line)> Read(byte[] bytes, int chunk, int buffer)
    {
        using var reader = new LineReader(new ChunkedStream(bytes, chunk), MaxLength, buffer);
        var lines = new List<(long, string?)>();
        while (reader.FillAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            while (reader.TryRead())
                lines.Add((reader.LineNumber, reader.IsTooLong ? null : Encoding.UTF8.GetString(reader.Line)));
        }

        return lines;
    }

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }

    /// <summary>A terminal at which nobody types.</summary>
    private sealed class BlockingStream : MemoryStream
    {
        private readonly ManualResetEventSlim _closed = new();

        public override int Read(byte[] buffer, int offset, int count)
        {
            _closed.Wait();
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }
}
