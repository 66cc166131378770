using System.Text;
using Confluent.Kafka;
using MovieFriends.Contracts.Topics;
using MovieFriends.Kafka;

namespace MovieFriends.Chaos.Judging;

/// <summary>Reads the dead letters and compares them with the messages that must be among them, one by one.</summary>
internal static class DeadLetters
{
    public static List<DeadLetter> Read(IReadOnlyDictionary<string, string> environment, bool hasHeaders, string topic, CancellationToken cancellationToken)
    {
        var deadLetters = new List<DeadLetter>();
        TopicReader.Read(environment, topic, result => deadLetters.Add(DeadLetterOf(result.Message, hasHeaders)), cancellationToken);
        return deadLetters;
    }

    /// <summary>Compares; dead letters are the same if their source, key and value are.</summary>
    public static DeadLetterComparison Compare(IEnumerable<DeadLetter> expected, IEnumerable<DeadLetter> found)
    {
        var counts = expected.CountBy(deadLetter => deadLetter).ToDictionary(pair => pair.Key, pair => (Expected: pair.Value, Found: 0));
        foreach (var deadLetter in found)
        {
            var (wanted, seen) = counts.GetValueOrDefault(deadLetter);
            counts[deadLetter] = (wanted, seen + 1);
        }

        return new DeadLetterComparison(
            [.. counts.Where(c => c.Value.Found < c.Value.Expected).Select(c => c.Key)],
            [.. counts.Where(c => c.Value.Expected > 0 && c.Value.Found > c.Value.Expected).Select(c => c.Key)],
            [.. counts.Where(c => c.Value.Expected == 0).Select(c => c.Key)]);
    }

    private static DeadLetter DeadLetterOf(Message<byte[], byte[]> message, bool hasHeaders) => new(
        hasHeaders ? TopicContent.Source(Header(message, DeadLetterHeaders.SourcePartition), Header(message, DeadLetterHeaders.SourceOffset)) : null,
        TopicContent.Text(message.Key),
        TopicContent.Text(message.Value));

    private static string Header(Message<byte[], byte[]> message, string name) =>
        message.Headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : "none";
}
