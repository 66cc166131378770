namespace MovieFriends.Extensions;

/// <summary>The configuration is wrong: a message of one line that names the key, the value and what is allowed. Exit code 2.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
