namespace MovieFriends.Chaos.Network;

/// <summary>Recognises requests of the Bolt protocol, for <see cref="TcpProxy.LoseAnswerAsync"/>.</summary>
internal static class BoltRequests
{
    /// <summary>Whether a transaction is committed: message COMMIT from Bolt 3 on, before that the statement of that name.</summary>
    public static bool IsCommit(ReadOnlyMemory<byte> request) =>
        request.Span.IndexOf(CommitMessage) >= 0 || request.Span.IndexOf("COMMIT"u8) >= 0;

    /// <summary>A chunk of two bytes: a structure without fields, signature 12 (hexadecimal).</summary>
    private static ReadOnlySpan<byte> CommitMessage => [0x00, 0x02, 0xB0, 0x12, 0x00, 0x00];
}
