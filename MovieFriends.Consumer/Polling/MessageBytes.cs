namespace MovieFriends.Consumer.Polling;

/// <summary>The length of a key or value whose bytes lie in a <see cref="ScratchDeserializer"/>; -1 is null.</summary>
internal readonly record struct MessageBytes(int Length);
