namespace MovieFriends.Extensions;

/// <summary>Something that no retry mends: a message of one line that says what is wrong and the way out. Exit code 1.</summary>
public sealed class FatalException(string message, Exception? inner = null) : Exception(message, inner);
