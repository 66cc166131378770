using Confluent.Kafka;

namespace MovieFriends.Producer.Client;

/// <summary>Hears what becomes of messages and of the client. Called by one thread of the client, which must not wait.</summary>
internal interface IClientListener
{
    /// <summary>The fate of messages is known.</summary>
    /// <param name="confirmed">How many have arrived.</param>
    /// <param name="failed">How many were given up.</param>
    /// <param name="failure">Why the last of these was.</param>
    void Delivered(int confirmed, int failed, Error? failure);

    /// <summary>The client met an error; after a fatal one it sends nothing any more.</summary>
    void ClientFailed(Error error);
}
