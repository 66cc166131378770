using System.Diagnostics;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.Writing;

namespace MovieFriends.Consumer.Lanes;

/// <summary>A batch that is begun while the one before it is still being committed.</summary>
internal sealed class HeadStart(ChargeBatch batch, TransactionGate.Turn turn, long started)
{
    public ChargeBatch Batch => batch;

    /// <summary>When it was begun, as a timestamp.</summary>
    public long Started => started;

    /// <summary>The span of its processing.</summary>
    public Activity? Process { get; set; }

    /// <summary>Whether it was taken back, so that the batch has to be written from the start.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Its transaction, as soon as the charges are written.</summary>
    public Task<(OpenTransaction Open, int Created)> Begun { get; set; } = null!;

    /// <summary>Its place among the transactions under way; to be left once.</summary>
    public TransactionGate.Turn Turn => turn;

    /// <summary>Takes it back.</summary>
    public async Task DropAsync()
    {
        if (IsDropped)
            return;

        IsDropped = true;
        using var left = turn;
        try
        {
            await using var begun = (await Begun).Open;
        }
#pragma warning disable CA1031 // Whatever kept it from being written will be met again.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
