using System.Collections.Concurrent;
using MovieFriends.KafkaToNeo4j.DeadLetters;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.KafkaToNeo4j.Workers;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>Where the ledger stands, as the test says.</summary>
internal sealed class ScriptedPosition(StoryLog log) : IPartitionPosition
{
    private readonly ConcurrentQueue<Exception> _failures = new();

    public string Owner => "this process";

    public long StartedOver { get; set; }

    public PendingDeadLetters DeadLetters { get; } = new();

    public long Start { get; set; }

    public LedgerEntry? Entry { get; set; }

    /// <summary>The next question fails.</summary>
    public void FailOnce(Exception failure) => _failures.Enqueue(failure);

    public Task<long> FindStartAsync(CancellationToken cancellationToken) => Task.FromResult(Start);

    public Task<bool> IsAtAsync(long position, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<LedgerEntry?> ReadAsync()
    {
        if (_failures.TryDequeue(out var failure))
            return Task.FromException<LedgerEntry?>(failure);

        log.Add("ledger");
        return Task.FromResult(Entry);
    }
}
