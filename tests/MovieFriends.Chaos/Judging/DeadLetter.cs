namespace MovieFriends.Chaos.Judging;

/// <summary>A dead letter, or a message that must become one.</summary>
/// <param name="Source">Partition and offset of the message; none where the broker keeps no headers.</param>
/// <param name="Key">The message's key.</param>
/// <param name="Value">The message's value.</param>
internal sealed record DeadLetter(string? Source, string Key, string Value);
