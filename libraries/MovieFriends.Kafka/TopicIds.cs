using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace MovieFriends.Kafka;

/// <summary>
/// Asks brokers which topic it is that has a name: one that was deleted and created again has another id. Thread-safe. Whoever disposes of it waits for
/// the questions that are under way before.
/// </summary>
/// <param name="client">The client whose connections it uses.</param>
public sealed class TopicIds(Handle client) : IDisposable
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    // The client's own timeout comes before.
    private static readonly TimeSpan s_patience = s_timeout + TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _turns = new(MostAtOnce);

    // Those that wait for a question; each that is made takes 100 ms to go.
    private readonly ConcurrentBag<IAdminClient> _idle = [];

    /// <summary>Asks for the id of a topic.</summary>
    /// <returns>Empty where the broker has no ids.</returns>
    /// <exception cref="KafkaException">The broker does not answer, or has no such topic now.</exception>
    public async Task<string> ReadAsync(TopicSettings topic)
    {
        ArgumentNullException.ThrowIfNull(topic);

        // A broker that is too old for headers has no topic ids either, and the client would wait for the name of a controller, which it never gives.
        if (!topic.Headers)
            return string.Empty;

        await _turns.WaitAsync();
        try
        {
            return await AskAsync(topic.Name);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Gives up its clients; no question may be under way.</summary>
    public void Dispose()
    {
        Parallel.ForEach(_idle, admin => admin.Dispose());
        _turns.Dispose();
    }

    // A partition whose broker stops can be without in-sync replicas for a moment. An admin client that is told so (Confluent.Kafka 2.16) never answers,
    // and has freed what its next question, or its disposal, would use: the process would crash. So each has one question at a time, and one that does
    // not answer is left alone.
    private async Task<string> AskAsync(string topic)
    {
        if (!_idle.TryTake(out var admin))
            admin = new DependentAdminClientBuilder(client).Build();
        var asking = admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic]), new DescribeTopicsOptions { RequestTimeout = s_timeout });
        try
        {
            return (await asking.WaitAsync(s_patience)).TopicDescriptions[0].TopicId?.ToString() ?? string.Empty;
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            return string.Empty;
        }
        catch (TimeoutException)
        {
            throw new KafkaException(new Error(ErrorCode.Local_TimedOut, $"Kafka's client does not say which topic {topic} is."));
        }
        finally
        {
            if (asking.IsCompleted)
                _idle.Add(admin);
            else
                _ = asking.ContinueWith(_ => admin.Dispose(), TaskScheduler.Default);
        }
    }
}
