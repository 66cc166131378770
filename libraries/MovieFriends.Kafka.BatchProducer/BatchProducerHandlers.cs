using Confluent.Kafka;

namespace MovieFriends.Kafka.BatchProducer;

/// <summary>Hear what becomes of messages and of the client. One thread of the client calls them, and they must not wait.</summary>
public sealed record BatchProducerHandlers
{
    /// <summary>The fate of messages is known: how many have arrived, how many were given up, and why the last of these was.</summary>
    public required Action<int, int, Error?> Delivered { get; init; }

    /// <summary>The client met an error; after a fatal one it sends nothing any more.</summary>
    public Action<Error>? Failed { get; init; }

    /// <summary>The client has a line for the log.</summary>
    public Action<LogMessage>? Log { get; init; }
}
