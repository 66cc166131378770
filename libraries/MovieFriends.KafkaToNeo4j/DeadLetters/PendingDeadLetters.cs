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
        _withoutSource.Clear();
        _withoutSourceEnd = end;
        foreach (var deadLetter in deadLetters)
        {
            if (deadLetter.Source is { } source)
                _bySource.TryAdd(source, Task.FromResult(deadLetter.DeadLetter));
            else
                _withoutSource.Add(deadLetter);
        }
    }

    /// <summary>Finds a dead letter that was sent before.</summary>
    public bool TryGet(long source, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, [NotNullWhen(true)] out Task<long>? delivery)
    {
        if (_bySource.TryGetValue(source, out delivery))
        {
            // One that failed is sent again.
            return delivery is not { IsCompleted: true, IsCompletedSuccessfully: false };
        }

        if (source >= _withoutSourceEnd)
            return false;

        for (var i = 0; i < _withoutSource.Count; i++)
        {
            var deadLetter = _withoutSource[i];
            if (key.SequenceEqual(deadLetter.Key) && value.SequenceEqual(deadLetter.Value))
            {
                _withoutSource.RemoveAt(i);
                delivery = _bySource[source] = Task.FromResult(deadLetter.DeadLetter);
                return true;
            }
        }

        return false;
    }

    public void Add(long source, Task<long> delivery) => _bySource[source] = delivery;

    /// <summary>Whether a message's dead letter is there or on its way.</summary>
    public bool Has(long source) => _bySource.TryGetValue(source, out var delivery) && delivery is not { IsCompleted: true, IsCompletedSuccessfully: false };

    /// <summary>Takes what the topic holds since it was looked through.</summary>
    public void Found(IReadOnlyList<FoundDeadLetter> deadLetters, long knownUpTo)
    {
        KnownUpTo = knownUpTo;
        foreach (var deadLetter in deadLetters)
        {
            if (deadLetter.Source is { } source && !Has(source))
                _bySource[source] = Task.FromResult(deadLetter.DeadLetter);
        }
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

        if (nextOffset >= _withoutSourceEnd)
            _withoutSource.Clear();
    }
}
