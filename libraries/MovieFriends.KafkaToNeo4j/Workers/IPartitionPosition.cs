using MovieFriends.Extensions;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>Where one partition stands, by the ledger. Used by one worker.</summary>
internal interface IPartitionPosition
{
    /// <summary>Names this process in the ledger.</summary>
    string Owner { get; }

    /// <summary>How often the ledger had been started over when the start was found.</summary>
    long StartedOver { get; }

    /// <summary>The partition's dead letters whose batches are not committed.</summary>
    PendingDeadLetters DeadLetters { get; }

    /// <summary>Finds where to start, however long it takes, and tells everybody who wants to know.</summary>
    /// <exception cref="FatalException">Ledger and topic do not belong together, or messages are gone and the policy is to stop, or Kafka refuses to say for too long.</exception>
    Task<long> FindStartAsync(CancellationToken cancellationToken);

    /// <summary>Whether the ledger stands where it is thought to.</summary>
    Task<bool> IsAtAsync(long position, CancellationToken cancellationToken);

    /// <summary>Asks the ledger once.</summary>
    Task<LedgerEntry?> ReadAsync();
}
