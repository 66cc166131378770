using System.Globalization;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.Producer.Telemetry;

namespace MovieFriends.Producer.Sending;

/// <summary>
/// Sends events as messages and counts them, one thread at a time. Nothing is allocated per message here.
/// What was sent may wait for <see cref="TryHandOver"/>.
/// </summary>
internal sealed class MessageSender(IMessageClient client, DeliveryCounter counter, SendSpans spans)
{
    private const int MaxKeyLength = 20;
    private const string Sending = "sending messages";

    private static readonly TimeSpan s_flushStep = TimeSpan.FromMilliseconds(200);

    /// <summary>Why the client takes no more; null as long as it does.</summary>
    public FatalException? Refusal => (client.Refusal, counter.Refusal) switch
    {
        (null, null) => null,

        // What the broker refuses the client learns from the fate of a message or, if it knows by then, at the next one.
        ({ IsFatal: false } refusal, _) when KafkaFailure.Classify(refusal) == KafkaFailureKind.Refused => new FatalException(KafkaFailure.Explain(refusal, Sending)),
        ({ } refusal, _) => new FatalException($"Kafka takes no more messages from this producer: {refusal.Reason.TrimEnd('.')}.{KafkaFailure.WayOut(refusal)}"),
        (_, { } refused) => new FatalException(KafkaFailure.Explain(refused, Sending)),
    };

    /// <summary>Makes the client ready to send to the topic, which must be there.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => client.StartAsync(cancellationToken);

    /// <summary>Sends one event.</summary>
    /// <param name="userId">The user, whose id becomes the key.</param>
    /// <param name="value">The message value.</param>
    /// <returns>False if too many wait for the broker and the event must be sent again later.</returns>
    /// <exception cref="FatalException">The client takes no more.</exception>
    public bool TrySend(long userId, ReadOnlySpan<byte> value)
    {
        // A client that takes no more never has room again.
        if (Refusal is { } refusal)
            throw refusal;

        Span<byte> key = stackalloc byte[MaxKeyLength];
        userId.TryFormat(key, out var keyLength, default, CultureInfo.InvariantCulture);
        counter.Sending(value.Length);
        var traceParent = spans.Next(counter.Sent - 1);
        if (client.TrySend(key[..keyLength], value, traceParent))
            return true;

        counter.NotSent(value.Length);
        spans.NotSent();
        return false;
    }

    /// <summary>Gives the client what it does not have yet.</summary>
    /// <returns>False if too many wait for the broker and this must be done again later.</returns>
    /// <exception cref="FatalException">The client takes no more.</exception>
    public bool TryHandOver()
    {
        counter.ThrowIfRefused();
        return Refusal is { } refusal ? throw refusal : client.TryHandOver();
    }

    /// <summary>Waits until the fate of every message is known, but for those that the client does not take any more.</summary>
    /// <exception cref="FatalException">The broker has refused this client for too long.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            while (counter.Fatal is null && IsOpen())
            {
                cancellationToken.ThrowIfCancellationRequested();
                counter.ThrowIfRefused();
                client.Flush(s_flushStep);
            }
        },
        cancellationToken);

    /// <summary>No more is sent, and no more is heard of what is on its way.</summary>
    public void Finish() => spans.Finish(counter.Sent);

    private bool IsOpen() => client.Refusal is null ? !client.TryHandOver() || counter.Outstanding > 0 : client.Taken > counter.Confirmed + counter.Failed;
}
