namespace MovieFriends.Consumer.Writing;

/// <summary>What one transaction did.</summary>
internal readonly record struct BatchOutcome(int Created, int Updated, int Stale, int DeadLettered, int UnknownUsers);
