using Confluent.Kafka;

namespace MovieFriends.Replayer.DeadLetters;

/// <summary>What the dead-letter topic holds of one source topic. Keeps the place and original of each dead letter, not its text.</summary>
/// <param name="topic">The source topic.</param>
internal sealed class DeadLetterScan(string topic)
{
    private readonly List<Entry> _deadLetters = [];
    private readonly Dictionary<(int Partition, string ErrorType), long> _putBack = [];

    /// <summary>Whole dead letters of the topic, in the order in which they were added.</summary>
    public IReadOnlyList<Entry> DeadLetters => _deadLetters;

    /// <summary>Dead letters of the topic that were cut short: they are not what was sent, so they are not put back.</summary>
    public long CutShort { get; private set; }

    /// <summary>Dead letters of other topics.</summary>
    public long OfOtherTopics { get; private set; }

    /// <summary>Messages that are neither dead letters nor marks of a replay.</summary>
    public long WithoutHeaders { get; private set; }

    /// <summary>Adds a message of the dead-letter topic.</summary>
    public void Add(TopicPartitionOffset place, Message<byte[], byte[]> message)
    {
        if (DeadLetter.Read(message) is { } deadLetter)
        {
            if (deadLetter.Source.Topic != topic)
                OfOtherTopics++;
            else if (!deadLetter.Source.IsWhole)
                CutShort++;
            else
                _deadLetters.Add(new Entry(place.Partition.Value, place.Offset.Value, string.Intern(deadLetter.Source.ErrorType), deadLetter.Original));
        }
        else if (ReplayMark.Read(message) is { } mark)
        {
            var key = (place.Partition.Value, mark.ErrorType);
            if (mark.Topic == topic)
                _putBack[key] = Math.Max(mark.NextOffset, _putBack.GetValueOrDefault(key));
        }
        else
        {
            WithoutHeaders++;
        }
    }

    /// <summary>Whether an earlier replay went past a dead letter.</summary>
    public bool WasPutBack(Entry deadLetter) => _putBack.TryGetValue((deadLetter.Partition, deadLetter.ErrorType), out var next) && deadLetter.Offset < next;

    /// <summary>One dead letter.</summary>
    /// <param name="Partition">Its partition of the dead-letter topic.</param>
    /// <param name="Offset">Its offset there.</param>
    /// <param name="ErrorType">Its kind of error.</param>
    /// <param name="Original">The message that it is about.</param>
    internal readonly record struct Entry(int Partition, long Offset, string ErrorType, Original Original);
}
