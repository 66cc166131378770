using Confluent.Kafka;
using MovieFriends.Contracts.Graph;
using MovieFriends.ServiceDefaults.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Verifier.Graph;

/// <summary>Reads what the consumer wrote. Every operation waits for a database that is away.</summary>
internal sealed class GraphReader(IDriver driver, Neo4jDriverSettings settings, GraphRetry retry)
{
    /// <summary>Where the ledger stands; partitions it does not know are left out.</summary>
    public Task<Dictionary<TopicPartition, long>> ReadLedgerAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var byId = partitions.ToDictionary(p => GraphNames.LedgerId(p.Topic, p.Partition.Value));
        return retry.RunAsync(
            async () =>
            {
                await using var session = Session();
                var rows = await VerifierQueries.Ledger.ListAsync(session, Ids(byId.Keys.ToArray()));
                return rows.ToDictionary(row => byId[row["id"].As<string>()], row => row["nextOffset"].As<long>());
            },
            cancellationToken);
    }

    /// <summary>Which of some users are in the graph.</summary>
    public Task<HashSet<long>> FindUsersAsync(IEnumerable<long> userIds, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = Session();
            var rows = await VerifierQueries.KnownUsers.ListAsync(session, Ids(userIds.ToArray()));
            return rows.Select(row => row["id"].As<long>()).ToHashSet();
        },
        cancellationToken);

    /// <summary>How many charges are attached to a user.</summary>
    public Task<long> CountAttachedAsync(CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = Session();
            var rows = await VerifierQueries.CountAttached.ListAsync(session, new Dictionary<string, object?>());
            return rows[0]["count"].As<long>();
        },
        cancellationToken);

    /// <summary>Reads every charge once.</summary>
    /// <param name="begin">Is called at the start of each attempt and says what takes the charges of that attempt.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task ReadChargesAsync(Func<ChargeVisitor> begin, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            var visit = begin();
            await using var session = Session();
            var cursor = await session.RunAsync(VerifierQueries.Charges.Text);
            while (await cursor.FetchAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = cursor.Current;
                visit(row[0].As<long>(), row[1].As<double>(), row[2].As<double>());
            }
        },
        cancellationToken);

    private static Dictionary<string, object?> Ids<T>(T[] ids) => new() { ["ids"] = ids };

    private IAsyncSession Session() => driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
}
