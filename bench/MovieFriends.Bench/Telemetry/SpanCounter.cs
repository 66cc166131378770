namespace MovieFriends.Bench.Telemetry;

/// <summary>Counts the spans of an OTLP request without reading them: only lengths are looked at.</summary>
internal static class SpanCounter
{
    // Field numbers from https://github.com/open-telemetry/opentelemetry-proto: resource_spans, in these scope_spans, in these spans.
    private static readonly int[] s_path = [1, 2, 2];

    /// <param name="request">An <c>ExportTraceServiceRequest</c> in protocol buffers.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static long Count(ReadOnlySpan<byte> request)
    {
        try
        {
            return Count(request, 0);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException("The request ends too early.", exception);
        }
    }

    private static long Count(ReadOnlySpan<byte> message, int depth)
    {
        if (depth == s_path.Length)
            return 1;

        var spans = 0L;
        while (!message.IsEmpty)
        {
            var tag = ReadVarint(ref message);
            var length = Length((int)(tag & 7), ref message);
            if (tag >> 3 == (ulong)s_path[depth])
                spans += Count(message[..length], depth + 1);
            message = message[length..];
        }

        return spans;
    }

    private static int Length(int wireType, ref ReadOnlySpan<byte> message)
    {
        switch (wireType)
        {
            case 0:
                ReadVarint(ref message);
                return 0;
            case 1:
                return sizeof(ulong);
            case 2:
                return (int)Math.Min(ReadVarint(ref message), int.MaxValue);
            case 5:
                return sizeof(uint);
            default:
                throw new InvalidDataException($"Protocol buffers have no wire type {wireType}.");
        }
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[..1][0];
            message = message[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
