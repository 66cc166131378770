using System.Diagnostics.CodeAnalysis;

namespace MovieFriends.KafkaToNeo4j.DeadLetters;

/// <summary>
/// The dead letters of one partition that are in the dead-letter topic, or on the way there, while the ledger does not stand
/// behind their messages yet. A batch that is tried again, by this process or by another one after a crash, sends none of
/// them a second time. Used by one worker.
/// </summary>
internal sealed class PendingDeadLetters
{
    private readonly Dictionary<long, Task<long>> _bySource = [];

    // Those that the topic holds, of which it is not said yet whether they stand for a message of this topic.
    private readonly List<FoundDeadLetter> _found = [];
    private readonly List<FoundDeadLetter> _withoutSource = [];
    private long _withoutSourceEnd;

    /// <summary>Up to which offset of the dead-letter topic everything that is there is known; null is not known.</summary>
    public long? KnownUpTo { get; private set; }

    /// <summary>Waits for dead letters on their way; a partition's start position is looked for with none of them in the air.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_bySource.Values).WaitAsync(cancellationToken);
        }
        catch (Confluent.Kafka.KafkaException)
        {
            // Not delivered: not found either, when it is looked for.
        }
    }

    /// <summary>Begins anew with what the topic holds.</summary>
    /// <param name="deadLetters">Dead letters of messages from the ledger's position on.</param>
    /// <param name="end">They stand for messages before this offset.</param>
    /// <param name="knownUpTo">Up to which offset of the topic was looked; null is not known.</param>
    public void Begin(IReadOnlyList<FoundDeadLetter> deadLetters, long end, long? knownUpTo = null)
    {
        KnownUpTo = knownUpTo;
        _bySource.Clear();
        _found.Clear();
        _withoutSource.Clear();
        _withoutSourceEnd = end;
        foreach (var deadLetter in deadLetters)
            (deadLetter.Source is null ? _withoutSource : _found).Add(deadLetter);
    }

    /// <summary>
    /// Finds a dead letter that was sent before. One that was found in the topic must also have the key and value of the message: a topic that was deleted
    /// had messages at the same offsets, and the broker may store a dead letter of one late.
    /// </summary>
    public bool TryGet(long source, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, [NotNullWhen(true)] out Task<long>? delivery)
    {
        // One that failed is sent again, unless it is in the topic nevertheless.
        if (_bySource.TryGetValue(source, out delivery) && delivery is not { IsCompleted: true, IsCompletedSuccessfully: false })
            return true;

        var found = Take(_found, source, key, value);
        if (found is null && source < _withoutSourceEnd)
            found = Take(_withoutSource, null, key, value);
        if (found is null)
            return false;

        delivery = _bySource[source] = Task.FromResult(found.DeadLetter);
        return true;
    }

    public void Add(long source, Task<long> delivery) => _bySource[source] = delivery;

    /// <summary>Takes what the topic holds since it was looked through.</summary>
    public void Found(IReadOnlyList<FoundDeadLetter> deadLetters, long knownUpTo)
    {
        KnownUpTo = knownUpTo;
        _found.AddRange(deadLetters.Where(deadLetter => deadLetter.Source is not null));
    }

    /// <summary>One that was sent here is in the topic. If it came behind what is known, nobody else's is in between.</summary>
    public void Stored(long offset)
    {
        if (offset == KnownUpTo)
            KnownUpTo++;
    }

    /// <summary>
    /// Where dead letters of messages from an offset on begin: those that are known can stand before others of earlier messages, after a move of the
    /// ledger by hand for example.
    /// </summary>
    /// <param name="nextOffset">The offset.</param>
    /// <param name="end">Where they begin if none is known.</param>
    public long EarliestFrom(long nextOffset, long end)
    {
        foreach (var (source, delivery) in _bySource)
        {
            if (source >= nextOffset && delivery.IsCompletedSuccessfully)
                end = Math.Min(end, delivery.Result);
        }

        foreach (var deadLetter in _found)
        {
            if (deadLetter.Source >= nextOffset)
                end = Math.Min(end, deadLetter.DeadLetter);
        }

        if (nextOffset < _withoutSourceEnd)
        {
            foreach (var deadLetter in _withoutSource)
                end = Math.Min(end, deadLetter.DeadLetter);
        }

        return end;
    }

    /// <summary>The ledger stands at an offset: dead letters of messages before it are settled.</summary>
    public void Settled(long nextOffset)
    {
        if (_bySource.Count > 0)
        {
            foreach (var source in _bySource.Keys.Where(source => source < nextOffset).ToArray())
                _bySource.Remove(source);
        }

        _found.RemoveAll(deadLetter => deadLetter.Source < nextOffset);
        if (nextOffset >= _withoutSourceEnd)
            _withoutSource.Clear();
    }

    private static FoundDeadLetter? Take(List<FoundDeadLetter> deadLetters, long? source, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < deadLetters.Count; i++)
        {
            var deadLetter = deadLetters[i];
            if (deadLetter.Source == source && deadLetter.IsOf(key, value))
            {
                deadLetters.RemoveAt(i);
                return deadLetter;
            }
        }

        return null;
    }
}
