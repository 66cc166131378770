namespace MovieFriends.AppHost.Demo;

/// <summary>A stage of the demo failed. The message says which, and how.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
