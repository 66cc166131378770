using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Graph;
using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using MovieFriends.Seeder.Generation;
using Neo4j.Driver;

namespace MovieFriends.Seeder.Graph;

/// <summary>Reads and writes the graph of users. Every operation waits for a database that is away.</summary>
internal sealed class SeedGraph(IDriver driver, Neo4jDriverSettings settings, GraphRetry retry, Neo4jTelemetry telemetry, IOptions<SeederOptions> options, TimeProvider time)
{
    private const int LooksAtConflict = 3;

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly Dictionary<string, object?> s_none = [];

    // What only the seeder looks up.
    private static readonly (string Label, string Property)[] s_ownKeys = [(SeedQueries.ComponentLabel, SeedQueries.ComponentKey), (GraphNames.SeedCompletion, GraphNames.Id)];

    /// <summary>Creates the constraints that are missing.</summary>
    /// <returns>How many were.</returns>
    public async Task<int> EnsureSchemaAsync(CancellationToken cancellationToken)
    {
        var added = await retry.RunAsync(() => GraphSchema.EnsureAsync(driver, settings.Database, GraphNames.Keys, cancellationToken), cancellationToken);
        return added + await retry.RunAsync(() => GraphSchema.EnsureAsync(driver, settings.Database, s_ownKeys, cancellationToken), cancellationToken);
    }

    /// <summary>Leaves the mark that all users are there, for whoever waits for them.</summary>
    /// <param name="users">How many there are.</param>
    /// <param name="cancellationToken">Ends the wait for a database that is away.</param>
    public Task MarkCompleteAsync(long users, CancellationToken cancellationToken) => RunAsync(
        SeedQueries.MarkComplete, new() { ["id"] = GraphNames.UsersAreComplete, ["users"] = users, ["now"] = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0 }, cancellationToken);

    /// <summary>Takes the mark away: users are missing, or are about to be written.</summary>
    public Task UnmarkAsync(CancellationToken cancellationToken) => RunAsync(SeedQueries.Unmark, new() { ["id"] = GraphNames.UsersAreComplete }, cancellationToken);

    /// <summary>Reads how far the graph is; takes milliseconds whatever its size.</summary>
    /// <exception cref="FatalException">It cannot become the planned one by adding to it.</exception>
    public async Task<GraphState> InspectAsync(ComponentPlan plan, CancellationToken cancellationToken)
    {
        // What another seeder commits between two of the reads looks like a conflict, but not for long.
        for (var look = 1; ; look++)
        {
            var state = await ReadAsync(cancellationToken);
            if (state.Conflict(plan, options.Value.Seed) is not { } conflict)
                return state;
            if (look == LooksAtConflict)
                throw new FatalException($"{conflict} {await WayOutAsync(state, cancellationToken)}");
            await Task.Delay(s_betweenLooks, cancellationToken);
        }
    }

    /// <summary>Writes a batch and moves the seeder's ledger past it, in one transaction; does nothing if that was done already.</summary>
    /// <exception cref="FatalException">Another seeder is at work, or a user is there that the ledger does not know of.</exception>
    public async Task WriteAsync(UserBatch batch, int componentSize, StepCounters counters, CancellationToken cancellationToken)
    {
        try
        {
            await retry.RunAsync(() => TryWriteAsync(batch, componentSize, counters), cancellationToken);
        }
        catch (ClientException exception) when (exception.Code == GraphFailure.ConstraintCode)
        {
            throw new FatalException($"Users from {batch.FirstUserId} on are in the graph although the seeder did not write them ({exception.Message}). {await WayOutAsync(await ReadAsync(cancellationToken), cancellationToken)}", exception);
        }
    }

    /// <summary>A user that no charge can name, if the first one that the database finds is such a one.</summary>
    public Task<ForeignKey?> FindForeignUserAsync(CancellationToken cancellationToken) =>
        retry.RunAsync(() => NodeKeys.FindForeignAsync(driver, settings.Database, GraphNames.User, GraphNames.UserId), cancellationToken);

    // What is deleted may be another's work: whoever reads this knows how much before he does it.
    private async Task<string> WayOutAsync(GraphState state, CancellationToken cancellationToken)
    {
        var charges = await retry.RunAsync(
            async () =>
            {
                await using var session = Session();
                return (await SeedQueries.CountCharges.ListAsync(session, s_none, telemetry))[0]["count"].As<long>();
            },
            cancellationToken);
        return $"To keep these users and stream charges to them: Seeder:Mode=Existing. To build the graph anew: Seeder:Reset=true, which deletes all {state.Users} users "
            + $"({Math.Max(0, state.Users - state.SeededUsers)} of them not the seeder's), {state.Knows} KNOWS relationships, {charges} charges and the ledger.";
    }

    /// <summary>Reads how far the graph is, and judges nothing.</summary>
    public Task<GraphState> ReadAsync(CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = Session();
            var components = await SeedQueries.ReadComponents.ListAsync(session, s_none, telemetry);
            var users = await SeedQueries.CountUsers.ListAsync(session, s_none, telemetry);
            var knows = await SeedQueries.CountKnows.ListAsync(session, s_none, telemetry);
            return new GraphState(
                users[0]["count"].As<long>(),
                knows[0]["count"].As<long>(),
                components.Select(c => c["seed"].As<long>()).ToHashSet(),
                components.ToDictionary(c => c["id"].As<int>(), c => c["nextUser"].As<int>()));
        },
        cancellationToken);

    private Task RunAsync(GraphQuery statement, Dictionary<string, object?> parameters, CancellationToken cancellationToken) => retry.RunAsync(
        async () =>
        {
            await using var session = Session();
            await statement.ExecuteAsync(session, parameters, telemetry);
        },
        cancellationToken);

    private async Task TryWriteAsync(UserBatch batch, int componentSize, StepCounters counters)
    {
        await using var session = Session();
        await using var transaction = await session.BeginTransactionAsync();
        if (!await ClaimAsync(transaction, batch, componentSize))
        {
            await transaction.RollbackAsync();
            await RequireWrittenAsync(session, batch);
            return;
        }

        var created = await SeedQueries.CreateUsers.ExecuteAsync(transaction, batch.ToCreateUsers(), telemetry);
        var connected = batch.Outer.Length == 0 ? null : await SeedQueries.CreateOuterKnows.ExecuteAsync(transaction, batch.ToCreateOuterKnows(), telemetry);
        await transaction.CommitAsync();

        counters.Add(created.Counters);
        if (connected is not null)
            counters.Add(connected.Counters);
    }

    private async Task<bool> ClaimAsync(IAsyncQueryRunner transaction, UserBatch batch, int componentSize)
    {
        var claimed = await SeedQueries.ClaimBatch.ListAsync(transaction, new Dictionary<string, object?>
        {
            ["id"] = batch.Component,
            ["seed"] = options.Value.Seed,
            ["size"] = componentSize,
            ["from"] = batch.From,
            ["to"] = batch.To,
        }, telemetry);
        return claimed.Count > 0;
    }

    // The answer to a commit may be lost with the connection; on the next attempt the ledger tells that it went through.
    private async Task RequireWrittenAsync(IAsyncSession session, UserBatch batch)
    {
        var components = await SeedQueries.ReadComponents.ListAsync(session, s_none, telemetry);
        var next = components.Where(c => c["id"].As<int>() == batch.Component).Select(c => c["nextUser"].As<int>()).FirstOrDefault();
        if (next != batch.To)
            throw new FatalException($"Another seeder is writing this graph (component {batch.Component} is at user {next}, not {batch.To}). Let one of them finish, then start again.");
    }

    private IAsyncSession Session() => driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
}
