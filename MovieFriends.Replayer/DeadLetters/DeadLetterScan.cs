using Confluent.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>What the dead-letter topic holds of one source topic. Keeps the place and original of each letter, not its text.</summary>
/// <param name="topic">The source topic.</param>
internal sealed class DeadLetterScan(string topic)
{
    private readonly List<Entry> _letters = [];
    private readonly Dictionary<(int Partition, string ErrorType), long> _putBack = [];

    /// <summary>Whole letters of the topic, in the order in which they were added.</summary>
    public IReadOnlyList<Entry> Letters => _letters;

    /// <summary>Letters of the topic that were cut short: they are not what was sent, so they are not put back.</summary>
    public long CutShort { get; private set; }

    /// <summary>Letters of other topics.</summary>
    public long OfOtherTopics { get; private set; }

    /// <summary>Messages that are neither dead letters nor marks of a replay.</summary>
    public long NoLetters { get; private set; }

    /// <summary>Adds a message of the dead-letter topic.</summary>
    public void Add(TopicPartitionOffset place, Message<byte[], byte[]> message)
    {
        if (DeadLetter.Read(message) is { } letter)
        {
            if (letter.Source.Topic != topic)
                OfOtherTopics++;
            else if (!letter.Source.IsWhole)
                CutShort++;
            else
                _letters.Add(new Entry(place.Partition.Value, place.Offset.Value, string.Intern(letter.Source.ErrorType), letter.Original));
        }
        else if (ReplayMark.Read(message) is { } mark)
        {
            var key = (place.Partition.Value, mark.ErrorType);
            if (mark.Topic == topic)
                _putBack[key] = Math.Max(mark.NextOffset, _putBack.GetValueOrDefault(key));
        }
        else
        {
            NoLetters++;
        }
    }

    /// <summary>Whether an earlier replay went past a letter.</summary>
    public bool WasPutBack(Entry letter) => _putBack.TryGetValue((letter.Partition, letter.ErrorType), out var next) && letter.Offset < next;

    /// <summary>One letter.</summary>
    /// <param name="Partition">Its partition of the dead-letter topic.</param>
    /// <param name="Offset">Its offset there.</param>
    /// <param name="ErrorType">Its kind of error.</param>
    /// <param name="Original">The message that it is about.</param>
    internal readonly record struct Entry(int Partition, long Offset, string ErrorType, Original Original);
}
