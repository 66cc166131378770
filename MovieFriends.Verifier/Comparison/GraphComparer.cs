using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Graph;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;

namespace MovieFriends.Verifier.Comparison;

/// <summary>Reads the graph and compares it with the expected charges.</summary>
internal sealed class GraphComparer(GraphReader graph, IOptions<ProgressOptions> options, TimeProvider time, ILogger<GraphComparer> logger)
{
    // Users asked for in one query.
    private const int UsersPerQuery = 10_000;

    /// <exception cref="FatalException">The graph has users of another tool.</exception>
    public async Task RefuseForeignUsersAsync(CancellationToken cancellationToken)
    {
        if (await graph.FindForeignUserAsync(cancellationToken) is { } foreignUser)
            throw new FatalException(ForeignUsers.Explain(foreignUser.Value));
    }

    /// <returns>The comparison, how many nodes of the charges' label are another tool's, and how many charges are attached to a user.</returns>
    public async Task<(GraphComparison Comparison, long Foreign, long Attached)> CompareAsync(ChargeTable expected, CancellationToken cancellationToken)
    {
        var (comparison, foreign) = await ReadAsync(expected, cancellationToken);
        return (comparison, foreign, await graph.CountAttachedAsync(foreign > 0, cancellationToken));
    }

    /// <summary>Asks which of some expected charges are missing, and which are of users who are not in the graph.</summary>
    /// <param name="charges">Charges that the comparison did not see.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<UnseenCharges> SortUnseenAsync(IEnumerable<(long ChargeId, double Amount)> charges, CancellationToken cancellationToken)
    {
        using var stage = RunTelemetry.Start("verify users");
        var unseen = new UnseenCharges();
        foreach (var some in charges.Chunk(UsersPerQuery))
        {
            var known = await graph.FindUsersAsync(some.Select(c => ChargeId.UserIdOf(c.ChargeId)).Distinct(), cancellationToken);
            foreach (var (chargeId, amount) in some)
                unseen.Add(chargeId, amount, known.Contains(ChargeId.UserIdOf(chargeId)));
        }

        return unseen;
    }

    private async Task<(GraphComparison Comparison, long Foreign)> ReadAsync(ChargeTable expected, CancellationToken cancellationToken)
    {
        GraphComparison? comparison = null;
        var foreign = 0L;
        using var stage = RunTelemetry.Start("verify graph");
        using var progress = new ProgressReporter(logger, time, options.Value.Interval, "verify graph", "charges", expected.Count);
        await graph.ReadChargesAsync(
            () =>
            {
                var fresh = comparison = new GraphComparison(expected);
                foreign = 0;
                progress.Add(-progress.Done);
                return (chargeId, amount, eventTime) =>
                {
                    if (chargeId is { } id)
                        fresh.Visit(id, amount, eventTime);
                    else
                        foreign++;
                    progress.Add(1);
                };
            },
            cancellationToken);
        return (comparison!, foreign);
    }
}
