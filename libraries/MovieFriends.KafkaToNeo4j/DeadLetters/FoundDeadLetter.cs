namespace MovieFriends.KafkaToNeo4j.DeadLetters;

/// <summary>A dead letter that is in the dead-letter topic.</summary>
/// <param name="DeadLetter">Its own offset there.</param>
/// <param name="Source">The offset of the message it stands for; none where the broker keeps no headers.</param>
/// <param name="Key">The message's key, truncated if the whole is too large.</param>
/// <param name="Value">The message's value, truncated if the whole is too large.</param>
internal sealed record FoundDeadLetter(long DeadLetter, long? Source, byte[]? Key, byte[]? Value)
{
    /// <summary>Bytes of key and value that are kept of a message which is larger than the dead-letter topic takes.</summary>
    public const int KeptBytes = 1_000;

    /// <summary>Whether a message has this key and value, as far as they were kept.</summary>
    public bool IsOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => IsKeptOf(key, Key) && IsKeptOf(value, Value);

    private static bool IsKeptOf(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> kept) =>
        whole.SequenceEqual(kept) || (kept.Length == KeptBytes && whole.StartsWith(kept));
}
