using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Topics;
using MovieFriends.Producer.Telemetry;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Producer.Sending;

/// <summary>
/// Hands charges to the client, one thread at a time. Nothing is allocated here per message: the client copies key and
/// value before it returns, so one message object and one array for each length serve for all. (The client itself
/// allocates a small object for each delivery report.)
/// </summary>
internal sealed class ChargeSender(IProducer<byte[], byte[]> producer, DeliveryCounter counter, SendSpans spans, IOptions<TopicOptions> topics)
{
    private const int MaxKeyLength = 11;

    private readonly string _topic = topics.Value.Charges;
    private readonly Action<DeliveryReport<byte[], byte[]>> _delivered = report =>
    {
        counter.Delivered(report);
        spans.Known(counter.Confirmed + counter.Failed, counter.Sent, report.Error.IsError ? report.Error : null);
    };

    private readonly Message<byte[], byte[]> _message = new();
    private readonly byte[]?[] _keys = new byte[]?[MaxKeyLength + 1];
    private readonly byte[]?[] _values = new byte[]?[ChargeCodec.MaxAcceptedLength + 1];

    /// <summary>Sends one charge.</summary>
    /// <param name="userId">The user, whose id becomes the key.</param>
    /// <param name="value">The message value.</param>
    /// <returns>False if the client's queue is full and the charge must be sent again later.</returns>
    /// <exception cref="FatalException">The client sends nothing any more.</exception>
    public bool TrySend(long userId, ReadOnlySpan<byte> value)
    {
        Span<byte> key = stackalloc byte[MaxKeyLength];
        userId.TryFormat(key, out var keyLength, default, CultureInfo.InvariantCulture);
        _message.Key = Copy(key[..keyLength], _keys);
        _message.Value = Copy(value, _values);
        counter.Sending(value.Length);
        _message.Headers = spans.Next(counter.Sent - 1);
        try
        {
            producer.Produce(_topic, _message, _delivered);
            return true;
        }
        catch (ProduceException<byte[], byte[]> exception)
        {
            counter.NotSent(value.Length);
            spans.NotSent();
            if (exception.Error.Code == ErrorCode.Local_QueueFull)
                return false;

            var error = counter.Fatal ?? exception.Error;
            throw new FatalException($"Kafka takes no more messages from this producer: {error.Reason}.", exception);
        }
    }

    /// <summary>Waits until the fate of every message is known.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            while (counter.Outstanding > 0 && counter.Fatal is null)
            {
                cancellationToken.ThrowIfCancellationRequested();
                producer.Flush(TimeSpan.FromMilliseconds(200));
            }
        },
        cancellationToken);

    private static byte[] Copy(ReadOnlySpan<byte> bytes, byte[]?[] byLength)
    {
        var array = byLength[bytes.Length] ??= new byte[bytes.Length];
        bytes.CopyTo(array);
        return array;
    }
}
