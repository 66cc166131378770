using System.Globalization;
using System.Text;

namespace MovieFriends.Kafka;

/// <summary>What the headers of a dead letter say.</summary>
/// <param name="Topic">The topic its original was in.</param>
/// <param name="Partition">The partition its original was in.</param>
/// <param name="Offset">The offset its original had.</param>
/// <param name="ErrorType">Why it is here.</param>
/// <param name="Explanation">The same in one sentence.</param>
/// <param name="IsWhole">False if key and value were cut short, because the dead-letter topic takes no message as large as the original.</param>
public sealed record DeadLetterSource(string Topic, int Partition, long Offset, string ErrorType, string Explanation, bool IsWhole)
{
    /// <summary>Reads the headers of a message.</summary>
    /// <param name="header">Finds the last header of a name; null is none.</param>
    /// <returns>Null if they are not those of a dead letter.</returns>
    public static DeadLetterSource? Read(Func<string, byte[]?> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (Text(DeadLetterHeaders.SourceTopic) is not { } topic ||
            Text(DeadLetterHeaders.ErrorType) is not { } errorType ||
            !int.TryParse(Text(DeadLetterHeaders.SourcePartition), NumberStyles.None, CultureInfo.InvariantCulture, out var partition) ||
            !long.TryParse(Text(DeadLetterHeaders.SourceOffset), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return null;

        return new DeadLetterSource(
            topic, partition, offset, errorType, Text(DeadLetterHeaders.ErrorMessage) ?? string.Empty, Text(DeadLetterHeaders.OriginalSize) is null);

        string? Text(string name) => header(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
    }
}
