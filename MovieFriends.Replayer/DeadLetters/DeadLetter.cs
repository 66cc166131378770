using System.Text;
using Confluent.Kafka;
using MovieFriends.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>A dead letter: what its headers say, and which message it is about.</summary>
/// <param name="Source">What its headers say.</param>
/// <param name="Original">Its original.</param>
internal sealed record DeadLetter(DeadLetterSource Source, Original Original)
{
    /// <summary>Reads a message.</summary>
    /// <returns>Null if it is no dead letter.</returns>
    public static DeadLetter? Read(Message<byte[], byte[]> message) =>
        DeadLetterSource.Read(name => Bytes(message.Headers, name)) is { } source
            ? new DeadLetter(source, new Original(source.Partition, source.Offset, Original.Hash(message.Value)))
            : null;

    internal static string? Text(Headers? headers, string name) => Bytes(headers, name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private static byte[]? Bytes(Headers? headers, string name) => headers is not null && headers.TryGetLastBytes(name, out var bytes) ? bytes : null;
}
