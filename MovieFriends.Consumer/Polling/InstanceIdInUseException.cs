namespace MovieFriends.Consumer.Polling;

/// <summary>Another member of the group still has this consumer's name. Its client joins no more; a new one may, later.</summary>
internal sealed class InstanceIdInUseException(Exception inner) : Exception("The name is still used in the group.", inner);
