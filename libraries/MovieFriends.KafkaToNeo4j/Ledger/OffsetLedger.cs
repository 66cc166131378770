using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Ports;
using MovieFriends.KafkaToNeo4j.Writing;
using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Ledger;

/// <summary>What the ledger says about a partition.</summary>
/// <param name="NextOffset">The offset of the first message that is not in the graph.</param>
/// <param name="TopicId">The topic's id in its cluster; empty where the broker has none.</param>
/// <param name="Owner">Who moved it last.</param>
/// <param name="DeadLetterOffset">Where, in the dead-letter topic, dead letters of messages from <paramref name="NextOffset"/> on can begin; null is not known.</param>
/// <param name="StartedOver">How often another topic of the same name has taken the ledger over.</param>
internal readonly record struct LedgerEntry(long NextOffset, string TopicId, string Owner, long? DeadLetterOffset, long StartedOver = 0);

/// <summary>
/// The offset ledger in the graph: one node per partition that says which message comes next. It moves in the very
/// transaction that writes the rows, so the two cannot disagree.
/// </summary>
internal sealed class OffsetLedger(IGraph graph, TopicSettings topic, StreamOptions options, TimeProvider time)
{
    /// <summary>A partition that no topic has.</summary>
    public const int NoPartition = -1;

    /// <summary>Names this process in the ledger.</summary>
    public string Owner { get; init; } = LedgerNames.NewOwner();

    public async Task<LedgerEntry?> ReadAsync(int partition)
    {
        var rows = await graph.ReadAsync(LedgerStatements.Read, new Dictionary<string, object?> { ["id"] = Id(partition) });
        return rows.Count == 0
            ? null
            : new LedgerEntry(
                rows[0]["nextOffset"].As<long>(),
                rows[0]["topicId"].As<string>() ?? string.Empty,
                rows[0]["owner"].As<string>() ?? string.Empty,
                rows[0]["deadLetterOffset"].As<long?>(),
                rows[0]["startedOver"].As<long>());
    }

    /// <summary>Creates the partition's node, or notes the topic's id in the one that is there and has none. Waits for a transaction that holds it.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="nextOffset">Where a node that is created stands.</param>
    /// <param name="topicId">The topic's id.</param>
    /// <param name="deadLetterOffset">Where dead letters of a node that is created can begin.</param>
    /// <param name="startedOver">How often the ledger was started over when it was read.</param>
    /// <returns>The offset that comes next; null if the ledger was started over since or is another topic's, and nothing was noted.</returns>
    public async Task<long?> OpenAsync(int partition, long nextOffset, string topicId, long deadLetterOffset, long startedOver)
    {
        await using var transaction = await BeginAsync();
        var rows = await transaction.ListAsync(LedgerStatements.Open, new Dictionary<string, object?>
        {
            ["id"] = Id(partition),
            ["nextOffset"] = nextOffset,
            ["topicId"] = topicId,
            ["deadLetterOffset"] = deadLetterOffset,
            ["owner"] = Owner,
            ["now"] = Now(),
        });
        if (rows[0]["startedOver"].As<long>() != startedOver || (rows[0]["topicId"].As<string>() ?? string.Empty) != topicId)
            return null;

        await transaction.CommitAsync();
        return rows[0]["nextOffset"].As<long>();
    }

    /// <summary>Moves the ledger within a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="from">Where the ledger must stand.</param>
    /// <param name="to">Where it stands then.</param>
    /// <param name="startedOver">How often it was started over when its offset was read.</param>
    /// <returns>False if it does not stand at <paramref name="from"/>, or was started over: somebody else has moved it.</returns>
    public async Task<bool> ClaimAsync(OpenTransaction transaction, int partition, long from, long to, long startedOver)
    {
        var rows = await transaction.ListAsync(LedgerStatements.Claim, new Dictionary<string, object?>
        {
            ["id"] = Id(partition),
            ["owner"] = Owner,
            ["from"] = from,
            ["to"] = to,
            ["startedOver"] = startedOver,
            ["now"] = Now(),
        });
        return rows.Count == 1;
    }

    /// <summary>Notes, within a transaction, where the dead letters of later messages can begin.</summary>
    public async Task NoteDeadLettersAsync(OpenTransaction transaction, int partition, long deadLetterOffset) =>
        await transaction.ExecuteAsync(LedgerStatements.NoteDeadLetters, new Dictionary<string, object?>
        {
            ["id"] = Id(partition),
            ["deadLetterOffset"] = deadLetterOffset,
        });

    /// <summary>Moves the ledger in a transaction of its own, past messages that are gone.</summary>
    public async Task<bool> SkipAsync(int partition, long from, long to, long startedOver)
    {
        await using var transaction = await BeginAsync();
        var claimed = await ClaimAsync(transaction, partition, from, to, startedOver);
        if (claimed)
            await transaction.CommitAsync();
        return claimed;
    }

    /// <summary>Gives the ledger to another topic of the same name, in a transaction of its own. From here on no batch of the old topic claims it.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="from">What the ledger says of the old topic.</param>
    /// <param name="to">Where the new topic begins.</param>
    /// <param name="topicId">The new topic's id; empty where the broker has none.</param>
    /// <param name="deadLettersEnd">Asks where the next dead letter of the partition will be: those before it are about the old topic's messages.</param>
    /// <returns>False if somebody else has moved it.</returns>
    public async Task<bool> StartOverAsync(int partition, LedgerEntry from, long to, string topicId, Func<Task<long>> deadLettersEnd)
    {
        await using var transaction = await BeginAsync();
        if (!await ClaimAsync(transaction, partition, from.NextOffset, to, from.StartedOver))
            return false;

        // Asked for while the ledger is held: whoever had the partition before sends no dead letter from here on.
        await transaction.ExecuteAsync(LedgerStatements.StartOver, new Dictionary<string, object?>
        {
            ["id"] = Id(partition),
            ["topicId"] = topicId,
            ["startedOver"] = from.StartedOver + 1,
            ["deadLetterOffset"] = await deadLettersEnd(),
        });
        await transaction.CommitAsync();
        return true;
    }

    // With a limit as for batches: a consumer that hangs in here holds the ledger, too.
    private Task<OpenTransaction> BeginAsync() => graph.BeginAsync(options.TransactionTimeout);

    private string Id(int partition) => LedgerNames.IdOf(topic.Name, partition);

    private double Now() => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
