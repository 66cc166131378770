using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <inheritdoc cref="IPartitionPosition"/>
internal sealed class PartitionPosition(
    TopicPartition partition, PendingDeadLetters deadLetters, LedgerFence fence, PartitionLocator locator, OffsetLedger ledger, StopCondition stop, StreamTelemetry telemetry)
    : IPartitionPosition
{
    private readonly int _partition = partition.Partition.Value;

    /// <inheritdoc/>
    public string Owner => ledger.Owner;

    /// <inheritdoc/>
    public long StartedOver => fence.StartedOver;

    /// <inheritdoc/>
    public PendingDeadLetters DeadLetters => deadLetters;

    /// <inheritdoc/>
    public async Task<long> FindStartAsync(CancellationToken cancellationToken)
    {
        await deadLetters.DrainAsync(cancellationToken);
        var found = await locator.FindStartAsync(_partition, cancellationToken);
        fence.StartedOver = found.StartedOver;
        deadLetters.Begin(found.DeadLetters, found.End, found.DeadLettersEnd);
        stop.Located(_partition, found.Start, found.End);
        telemetry.Lags.Settled(_partition, found.Start);
        telemetry.Lags.Ends(_partition, found.End);
        return found.Start;
    }

    /// <inheritdoc/>
    public Task<bool> IsAtAsync(long position, CancellationToken cancellationToken) => locator.IsAtAsync(_partition, position, cancellationToken);

    /// <inheritdoc/>
    public Task<LedgerEntry?> ReadAsync() => ledger.ReadAsync(_partition);
}
