using System.Globalization;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>
/// The note in a partition of the dead-letter topic that says how far its dead letters have been put back. Kafka itself would
/// keep such a position as a group's offset, but forgets it some days after the last commit; then everything would go again.
/// </summary>
/// <param name="Topic">The topic whose dead letters were put back.</param>
/// <param name="ErrorType">Their kind of error.</param>
/// <param name="NextOffset">Dead letters of that topic and kind before this offset of the partition are back.</param>
internal sealed record ReplayMark(string Topic, string ErrorType, long NextOffset)
{
    private static readonly byte[] s_key = "replay"u8.ToArray();

    /// <returns>Null if the message is something else.</returns>
    public static ReplayMark? Read(Message<byte[], byte[]> message) =>
        DeadLetter.Text(message.Headers, ReplayHeaders.Topic) is { } topic &&
        DeadLetter.Text(message.Headers, ReplayHeaders.ErrorType) is { } errorType &&
        long.TryParse(DeadLetter.Text(message.Headers, ReplayHeaders.NextOffset), NumberStyles.None, CultureInfo.InvariantCulture, out var nextOffset)
            ? new ReplayMark(topic, errorType, nextOffset)
            : null;

    public Message<byte[], byte[]> ToMessage() => new()
    {
        Key = s_key,
        Value = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"No dead letter: those of {Topic} with error type {ErrorType} before offset {NextOffset} of this partition were put back.")),
        Headers = new Headers
        {
            { ReplayHeaders.Topic, Encoding.UTF8.GetBytes(Topic) },
            { ReplayHeaders.ErrorType, Encoding.UTF8.GetBytes(ErrorType) },
            { ReplayHeaders.NextOffset, Encoding.UTF8.GetBytes(NextOffset.ToString(CultureInfo.InvariantCulture)) },
        },
    };
}
