namespace MovieFriends.Consumer.DeadLetters;

/// <summary>A letter that is in the dead-letter topic.</summary>
/// <param name="Letter">Its own offset there.</param>
/// <param name="Source">The offset of the message it stands for; none where the broker keeps no headers.</param>
/// <param name="Key">The message's key.</param>
/// <param name="Value">The message's value.</param>
internal sealed record FoundDeadLetter(long Letter, long? Source, byte[]? Key, byte[]? Value);
