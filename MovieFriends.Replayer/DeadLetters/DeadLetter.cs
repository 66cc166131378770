using System.Globalization;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Contracts.Topics;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>What the headers of a dead letter say.</summary>
/// <param name="Topic">The topic its original was in.</param>
/// <param name="Original">Its original.</param>
/// <param name="ErrorType">Why it is here, one word.</param>
/// <param name="Explanation">The same in one sentence.</param>
/// <param name="IsWhole">False if key and value were cut short, because the dead-letter topic takes no message as large as the original.</param>
internal sealed record DeadLetter(string Topic, Original Original, string ErrorType, string Explanation, bool IsWhole)
{
    /// <summary>Reads the headers.</summary>
    /// <returns>Null if they are not those of a dead letter.</returns>
    public static DeadLetter? Read(Message<byte[], byte[]> message)
    {
        if (Text(message.Headers, DeadLetterHeaders.SourceTopic) is not { } topic ||
            Text(message.Headers, DeadLetterHeaders.ErrorType) is not { } errorType ||
            !int.TryParse(Text(message.Headers, DeadLetterHeaders.SourcePartition), NumberStyles.None, CultureInfo.InvariantCulture, out var partition) ||
            !long.TryParse(Text(message.Headers, DeadLetterHeaders.SourceOffset), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return null;

        return new DeadLetter(
            topic,
            new Original(partition, offset, Original.Hash(message.Value)),
            errorType,
            Text(message.Headers, DeadLetterHeaders.ErrorMessage) ?? string.Empty,
            Text(message.Headers, DeadLetterHeaders.OriginalSize) is null);
    }

    internal static string? Text(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
}
