using MovieFriends.Consumer.DeadLetters;
using MovieFriends.Consumer.Ledger;
using MovieFriends.Consumer.Workers;

namespace MovieFriends.UnitTests.Consumer;

/// <summary>Where the ledger stands, as the test says.</summary>
internal sealed class ScriptedPosition(StoryLog log) : IPartitionPosition
{
    public string Owner => "this process";

    public long StartedOver { get; set; }

    public PendingDeadLetters DeadLetters { get; } = new();

    public long Start { get; set; }

    public LedgerEntry? Entry { get; set; }

    public Task<long> FindStartAsync(CancellationToken cancellationToken) => Task.FromResult(Start);

    public Task<bool> IsAtAsync(long position, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<LedgerEntry?> ReadAsync()
    {
        log.Add("ledger");
        return Task.FromResult(Entry);
    }
}
