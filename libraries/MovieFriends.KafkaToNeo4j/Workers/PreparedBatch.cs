using MovieFriends.KafkaToNeo4j.Writing;

namespace MovieFriends.KafkaToNeo4j.Workers;

/// <summary>The rows of a batch in a transaction that is open still, written while the batch before it is committed.</summary>
/// <param name="lease">What the transaction holds of the limit; to be returned once.</param>
/// <param name="written">The transaction as soon as the rows are written, and what was written.</param>
internal sealed class PreparedBatch(ConcurrencyLimit.Lease lease, Task<(OpenTransaction Open, WriteResult Written)> written)
{
    public ConcurrencyLimit.Lease Lease => lease;

    public Task<(OpenTransaction Open, WriteResult Written)> Written => written;

    /// <summary>Whether it was taken back, so that the batch has to be written from the start.</summary>
    public bool IsRolledBack { get; private set; }

    /// <summary>Takes it back.</summary>
    public async Task RollBackAsync()
    {
        if (IsRolledBack)
            return;

        IsRolledBack = true;
        using var left = lease;
        try
        {
            await using var open = (await written).Open;
        }
#pragma warning disable CA1031 // Whatever kept it from being written will be met again.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
