namespace MovieFriends.Consumer.Polling;

/// <summary>Key and value of the message polled last.</summary>
internal sealed class ScratchBytes
{
    public ScratchDeserializer Key { get; } = new();

    public ScratchDeserializer Value { get; } = new();
}
