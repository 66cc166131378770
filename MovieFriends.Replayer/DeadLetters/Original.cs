namespace MovieFriends.Replayer.DeadLetters;

/// <summary>The message that a dead letter is about. Dead letters with the same original are doubles of each other.</summary>
/// <param name="Partition">The partition it was in.</param>
/// <param name="Offset">The offset it had.</param>
/// <param name="Content">A hash of its value: after its topic was deleted and created again, another message has the same offset.</param>
internal readonly record struct Original(int Partition, long Offset, int Content)
{
    public static int Hash(ReadOnlySpan<byte> value)
    {
        var hash = default(HashCode);
        hash.AddBytes(value);
        return hash.ToHashCode();
    }
}
