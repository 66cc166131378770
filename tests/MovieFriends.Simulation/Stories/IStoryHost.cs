using MovieFriends.Simulation.Broker;

namespace MovieFriends.Simulation.Stories;

/// <summary>Where a story happens: in a simulated world, or on real servers. Consumers are known by their names, each of which is used once.</summary>
internal interface IStoryHost
{
    /// <summary>Appends messages to a partition.</summary>
    Task ProduceAsync(int partition, IReadOnlyList<StoredMessage> messages);

    /// <summary>Appends messages to a partition in a transaction, which leaves a mark.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="commits">Whether they count in the end.</param>
    Task ProduceTransactionAsync(int partition, IReadOnlyList<StoredMessage> messages, bool commits);

    Task StartAsync(string consumer);

    /// <summary>Ends a consumer without a word to anybody.</summary>
    Task KillAsync(string consumer);

    /// <summary>Asks a consumer to end, and waits until it has.</summary>
    Task StopAsync(string consumer);

    /// <summary>A consumer does nothing until it continues.</summary>
    Task FreezeAsync(string consumer);

    Task ContinueAsync(string consumer);

    /// <summary>Waits until a consumer has partitions.</summary>
    Task HasPartitionsAsync(string consumer);

    /// <summary>Waits until a consumer has given up.</summary>
    Task FailsAsync(string consumer);

    /// <summary>Waits until the ledger is at the end of every partition.</summary>
    Task SettledAsync();

    /// <summary>Nobody reaches the broker any more.</summary>
    Task BrokerGoesAsync();

    /// <summary>The broker is there again, once a consumer has noticed that it was not.</summary>
    Task BrokerReturnsAsync();

    /// <summary>Nobody reaches the graph any more.</summary>
    Task GraphGoesAsync();

    /// <summary>The graph is there again, once a consumer has noticed that it was not.</summary>
    Task GraphReturnsAsync();

    /// <summary>Retention deletes the beginning of a partition.</summary>
    Task DeleteAsync(int partition, long before);

    /// <summary>Somebody sets the ledger of a partition by hand.</summary>
    Task MoveLedgerAsync(int partition, long offset);

    Task AddPartitionAsync();

    /// <summary>The topic is deleted, and created again with as many partitions.</summary>
    Task CreateTopicAgainAsync();
}
