using Confluent.Kafka;
using MovieFriends.Consumer.Bookkeeping;
using MovieFriends.Consumer.DeadLetters;
using MovieFriends.Consumer.Ledger;
using MovieFriends.Consumer.Telemetry;
using MovieFriends.Extensions;

namespace MovieFriends.Consumer.Workers;

/// <summary>Where one partition stands, by the ledger. Used by one worker.</summary>
internal sealed class PartitionPosition(
    TopicPartition partition, PendingDeadLetters deadLetters, PartitionLocator locator, OffsetLedger ledger, StopCondition stop, ConsumerTelemetry telemetry)
{
    private readonly int _partition = partition.Partition.Value;

    /// <summary>Names this process in the ledger.</summary>
    public string Owner => ledger.Owner;

    /// <summary>The partition's dead letters whose batches are not committed.</summary>
    public PendingDeadLetters DeadLetters => deadLetters;

    /// <summary>Finds where to start, however long it takes, and tells everybody who wants to know.</summary>
    /// <exception cref="FatalException">Ledger and topic do not belong together, or messages are gone and the policy is to stop, or Kafka refuses to say for too long.</exception>
    public async Task<long> FindStartAsync(CancellationToken cancellationToken)
    {
        await deadLetters.DrainAsync(cancellationToken);
        var found = await locator.FindStartAsync(_partition, cancellationToken);
        deadLetters.Begin(found.DeadLetters, found.End);
        stop.Located(_partition, found.Start, found.End);
        telemetry.Lags.Settled(_partition, found.Start);
        telemetry.Lags.Ends(_partition, found.End);
        return found.Start;
    }

    /// <summary>Whether the ledger stands where it is thought to.</summary>
    public Task<bool> IsAtAsync(long position, CancellationToken cancellationToken) => locator.IsAtAsync(_partition, position, cancellationToken);

    /// <summary>Asks the ledger once.</summary>
    public Task<LedgerEntry?> ReadAsync() => ledger.ReadAsync(_partition);
}
