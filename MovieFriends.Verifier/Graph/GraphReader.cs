using Confluent.Kafka;
using MovieFriends.Contracts.Graph;
using MovieFriends.Contracts.Rentals;
using MovieFriends.KafkaToNeo4j.Ledger;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.Verifier.Graph;

/// <summary>Reads what the consumer wrote. Every operation waits for a database that is away.</summary>
internal sealed class GraphReader(IDriver driver, Neo4jDriverSettings settings, GraphRetry retry, Neo4jTelemetry telemetry)
{
    private static readonly Dictionary<string, object?> s_none = [];

    /// <summary>Where the ledger stands; partitions it does not know are left out.</summary>
    public Task<Dictionary<TopicPartition, long>> ReadLedgerAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var byId = partitions.ToDictionary(p => LedgerNames.IdOf(p.Topic, p.Partition.Value));
        return retry.RunAsync(
            async () =>
            {
                await using var session = Session();
                var rows = await VerifierQueries.Ledger.ListAsync(session, Ids(byId.Keys.ToArray()), telemetry);
                return rows.ToDictionary(row => byId[row["id"].As<string>()], row => row["nextOffset"].As<long>());
            },
            cancellationToken);
    }

    /// <summary>Which of some users are in the graph.</summary>
    public Task<HashSet<long>> FindUsersAsync(IEnumerable<long> userIds, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = Session();
            var rows = await VerifierQueries.KnownUsers.ListAsync(session, Ids(userIds.ToArray()), telemetry);
            return rows.Select(row => row["id"].As<long>()).ToHashSet();
        },
        cancellationToken);

    /// <summary>Topics that have a ledger in this graph and have brought messages into it, and whether another one had the name before.</summary>
    public Task<Dictionary<string, bool>> ReadTopicsAsync(CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = Session();
            var rows = await VerifierQueries.Topics.ListAsync(session, s_none, telemetry);
            return rows
                .Select(row => (Id: row["id"].As<string>(), HadAnother: row["hadAnother"].As<bool>()))
                .GroupBy(row => LedgerNames.Parse(row.Id)?.Topic ?? row.Id)
                .ToDictionary(topic => topic.Key, topic => topic.Any(row => row.HadAnother));
        },
        cancellationToken);

    /// <summary>A user whose id is no whole number, if the first one that the database finds is such a one.</summary>
    public Task<ForeignKey?> FindForeignUserAsync(CancellationToken cancellationToken) =>
        retry.RunAsync(() => NodeKeys.FindForeignAsync(driver, settings.Database, GraphNames.User, GraphNames.UserId), cancellationToken);

    /// <summary>How many charges are attached to a user.</summary>
    /// <param name="foreign">Whether there are charges of another tool, which do not count: then every relationship is looked at.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<long> CountAttachedAsync(bool foreign, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = Session();
            if (!foreign)
                return (await VerifierQueries.CountAttached.ListAsync(session, s_none, telemetry))[0]["count"].As<long>();

            var count = 0L;
            var cursor = await session.RunAsync(VerifierQueries.Attached.Text);
            while (await cursor.FetchAsync())
                count += cursor.Current[0] is long ? 1 : 0;
            return count;
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
                visit(row[0] as long?, Number(row[1]), Number(row[2]));
            }
        },
        cancellationToken);

    /// <summary>Reads every rental once.</summary>
    /// <param name="begin">Is called at the start of each attempt and says what takes the rentals of that attempt.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task ReadRentalsAsync(Func<Action<Rental>> begin, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            var visit = begin();
            await using var session = Session();
            var cursor = await session.RunAsync(VerifierQueries.Rentals.Text);
            while (await cursor.FetchAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = cursor.Current;
                visit(new Rental(row[0] as long? ?? 0, row[1] as long? ?? 0, Number(row[2])));
            }
        },
        cancellationToken);

    private static double Number(object? value) => value switch
    {
        double number => number,
        long number => number,
        _ => double.NaN,
    };

    private static Dictionary<string, object?> Ids<T>(T[] ids) => new() { ["ids"] = ids };

    private IAsyncSession Session() => driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
}
