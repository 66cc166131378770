namespace Neo4j.Driver.Bolt;

/// <summary>
/// The first bytes on a connection: the client proposes four versions or ranges of versions, the server picks one
/// (Bolt handshake specification).
/// </summary>
internal static class Handshake
{
    private static readonly byte[] s_proposals =
    [
        0x60, 0x60, 0xB0, 0x17,
        0x00, 0x08, 0x08, 0x05, // 5.8 and the eight before it, down to 5.0
        0x00, 0x02, 0x04, 0x04, // 4.4 to 4.2
        0x00, 0x00, 0x00, 0x03,
        0x00, 0x00, 0x00, 0x01,
    ];

    public static ReadOnlyMemory<byte> Request => s_proposals;

    /// <exception cref="NotSupportedException">The server speaks none of the proposed versions, or HTTP.</exception>
    public static async Task<BoltVersion> NegotiateAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Request, cancellationToken).ConfigureAwait(false);
        var answer = new byte[4];
        await stream.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        return Agreed(answer);
    }

    /// <inheritdoc cref="NegotiateAsync"/>
    public static BoltVersion Agreed(ReadOnlySpan<byte> answer)
    {
        if (answer.SequenceEqual("HTTP"u8))
        {
            throw new NotSupportedException(
                "The server answered in HTTP: this is its HTTP port (7474 by default), not its Bolt port (7687 by default).");
        }

        var version = new BoltVersion(answer[3], answer[2]);
        return version switch
        {
            { Major: 0 } => throw new NotSupportedException(
                "The server supports none of the Bolt versions of this driver (1, 3, 4.2 to 4.4, 5.0 to 5.8)."),
            { Major: 1 or 3, Minor: 0 } or { Major: 4, Minor: >= 2 and <= 4 } or { Major: 5, Minor: <= 8 } => version,
            _ => throw new NotSupportedException($"The server chose Bolt {version}, which was not proposed."),
        };
    }
}
