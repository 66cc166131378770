namespace MovieFriends.Chaos.Network;

/// <summary>Recognises requests of the Bolt protocol, for <see cref="TcpProxy.LoseAnswerAsync"/>.</summary>
internal static class BoltRequests
{
    /// <summary>Whether a transaction is committed: message COMMIT from Bolt 3 on, before that the statement of that name.</summary>
    public static bool IsCommit(ReadOnlyMemory<byte> request) =>
        request.Span.IndexOf(CommitMessage) >= 0 || request.Span.IndexOf("COMMIT"u8) >= 0;

    /// <summary>Whether charges are created: the statement for them with a column that has some, as it is without any when a consumer warms up.</summary>
    public static bool CreatesCharges(ReadOnlyMemory<byte> request) =>
        request.Span.IndexOf("HAS_DAILY_CHARGE]->(:DailyCharge {"u8) >= 0 && request.Span.IndexOf(ChargeIdsKey) >= 0;

    /// <summary>Whether it is a consumer that warms up and sees whether it could move a ledger: that of a partition which does not exist.</summary>
    public static bool WarmsUp(ReadOnlyMemory<byte> request) =>
        request.Span.IndexOf("SET o.nextOffset = $to"u8) >= 0 && request.Span.IndexOf("/-1"u8) >= 0;

    /// <summary>The key of a map: a string of nine bytes.</summary>
    private static ReadOnlySpan<byte> ChargeIdsKey => [0x89, (byte)'c', (byte)'h', (byte)'a', (byte)'r', (byte)'g', (byte)'e', (byte)'I', (byte)'d', (byte)'s'];

    /// <summary>A chunk of two bytes: a structure without fields, signature 12 (hexadecimal).</summary>
    private static ReadOnlySpan<byte> CommitMessage => [0x00, 0x02, 0xB0, 0x12, 0x00, 0x00];
}
