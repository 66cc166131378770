using Confluent.Kafka;

namespace MovieFriends.Producer.Sending;

/// <summary>What sends messages: one for each mode. One thread at a time calls it; what becomes of messages it tells <see cref="DeliveryCounter"/>.</summary>
internal interface IMessageClient : IDisposable
{
    /// <summary>How many messages Kafka's client has taken.</summary>
    long Taken { get; }

    /// <summary>Why it takes no more; null as long as it does.</summary>
    Error? Refusal { get; }

    /// <summary>Makes the client ready to send to the topic, which must be there.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Sends a message.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="traceParent">The value of its header <c>traceparent</c>; null if it has none.</param>
    /// <returns>False if too many wait for the broker and this must be done again later.</returns>
    bool TrySend(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, byte[]? traceParent);

    /// <summary>Gives Kafka's client what it does not have yet.</summary>
    /// <returns>False if too many wait for the broker and this must be done again later.</returns>
    bool TryHandOver();

    /// <summary>Waits until the broker has answered for everything, or for so long.</summary>
    void Flush(TimeSpan timeout);
}
