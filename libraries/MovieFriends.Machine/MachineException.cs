namespace MovieFriends.Machine;

/// <summary>The machine lacks something, or what it has does not fit: a message of one line that names it and the way out. Exit code 2.</summary>
public sealed class MachineException(string message, Exception? inner = null) : Exception(message, inner);
