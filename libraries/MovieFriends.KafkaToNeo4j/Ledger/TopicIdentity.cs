using Confluent.Kafka;
using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.Ports;

namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>Another topic has the name now, and the consumer is to go on with it. Its clients know the old one; new ones do not.</summary>
internal sealed class NewTopicException(string before, string now) : Exception($"The topic's id was {before} and is {now}.")
{
    public string Before => before;

    public string Now => now;
}

/// <summary>
/// Which topic it is that has the name: one that was deleted and created again has another id. The client would go on in
/// the new one at the old one's offset, and skip its first messages without a word.
/// </summary>
internal sealed class TopicIdentity(IBrokerClient broker, StreamSettings stream, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    // Only the watch goes on with it, and all that it does is to end this consumer.
    private readonly TaskCompletionSource<string> _other = new();

    private readonly Lock _lock = new();

    // The first that anybody was told; null before, and where the broker has no ids.
    private string? _first;

    /// <summary>Is over when the broker has been asked for the last time, or does not answer.</summary>
    public Task Unfinished { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Asks for the topic's id. If it is another one than at first, and the consumer is to start over with it, there is no answer: the watch
    /// ends this consumer then.
    /// </summary>
    /// <returns>Empty where the broker has no ids.</returns>
    /// <exception cref="KafkaException">The broker does not answer, or has no such topic now.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var id = await AskAsync();
        if (stream.Options.OnNewTopic == NewTopicPolicy.StartOver && IsOther(id))
        {
            _other.TrySetResult(id);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        return id;
    }

    /// <summary>Asks again and again, until cancelled.</summary>
    /// <exception cref="FatalException">The topic is another one than before.</exception>
    /// <exception cref="NewTopicException">The same, and the consumer is to start over with it.</exception>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        var tick = Task.FromResult(true);
        while (await tick)
        {
            try
            {
                // A service that stops does not wait for a broker that does not answer.
                var id = await AskAsync().WaitAsync(cancellationToken);
                if (id.Length == 0)
                    return;
                if (IsOther(id))
                    throw OtherTopic(id);
            }
            catch (KafkaException)
            {
                // Away or deleted: others say so. What matters is which topic it is when there is one again.
            }

            tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(tick, _other.Task) == _other.Task)
                throw OtherTopic(await _other.Task);
        }
    }

    /// <summary>The error, with the way out.</summary>
    public static FatalException Changed(StreamSettings stream, string before, string now) => new(
        $"Topic {stream.Topic.Name} was deleted and created again: the graph's ledger belongs to topic id {before}, the topic's is {now}. {WayOut(stream)}");

    private Task<string> AskAsync()
    {
        var asking = broker.ReadTopicIdAsync(stream.Topic);
        lock (_lock)
            Unfinished = Unfinished.IsCompleted ? asking : Task.WhenAll(Unfinished, asking);
        return asking;
    }

    // Whoever comes first says which it is.
    private bool IsOther(string id) => id.Length > 0 && (Interlocked.CompareExchange(ref _first, id, null) ?? id) != id;

    private Exception OtherTopic(string id) => stream.Options.OnNewTopic == NewTopicPolicy.StartOver
        ? new NewTopicException(_first!, id)
        : Changed(stream, _first!, id);

    /// <summary>What to do about a ledger that belongs to another topic.</summary>
    public static string WayOut(StreamSettings stream)
    {
        var rewind = stream.RewindAdvice is { } advice ? $"{advice}, or " : string.Empty;
        var readAgain = stream.ReadAgainAdvice is { } what ? $"; {what}" : string.Empty;
        return $"To read the topic from its beginning, stop this consumer and {rewind}delete the ledger of the topic (MATCH (o:KafkaOffset) WHERE o.id STARTS WITH '{stream.Topic.Name}/' DELETE o){readAgain}. With {stream.Options.Key(nameof(StreamOptions.OnNewTopic))}=StartOver the consumer does so by itself.";
    }
}
