using MovieFriends.Bench.Environments;
using Neo4j.Driver;

namespace MovieFriends.Bench.Candidates;

/// <summary>One of those that are compared: brings messages into the graph as they come into a topic.</summary>
internal interface IFollower : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Whether it writes what has come even if nothing more comes.</summary>
    bool WritesEverything { get; }

    /// <summary>Ends when it reads no more, by itself or because it was stopped.</summary>
    Task Ended { get; }

    /// <summary>Begins to read a topic.</summary>
    Task StartAsync(FreshTopic topic, CancellationToken cancellationToken);

    /// <summary>Asks the graph up to which offset of each partition messages are in it; there is none of a partition that it is not reading yet.</summary>
    Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(IAsyncSession session);

    /// <summary>Ends the transaction under way, and reads no more.</summary>
    /// <exception cref="InvalidOperationException">It had failed, or ends with an error.</exception>
    Task StopAsync();
}
