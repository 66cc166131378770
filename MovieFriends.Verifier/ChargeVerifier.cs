using MovieFriends.Contracts.Reporting;
using MovieFriends.Verifier.Comparison;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;
using MovieFriends.Verifier.Positions;

namespace MovieFriends.Verifier;

/// <summary>
/// Reads the topic up to the end it has now, works out the charges that it makes, and compares them with the graph.
/// While a stream is running, charges whose messages came after that end are left out of the judgement.
/// </summary>
internal sealed class ChargeVerifier(
    TopicWatermarks<ParsedCharge> watermarks,
    TopicCharges topicCharges,
    TopicCompleteness completeness,
    LedgerWait ledgerWait,
    GraphComparer graph,
    ComparisonReport comparisonReport,
    PositionReport positionReport)
{
    /// <summary>Compares, and says what came out.</summary>
    public async Task<VerifierReport> RunAsync(CancellationToken cancellationToken)
    {
        await graph.RefuseForeignUsersAsync(cancellationToken);
        var partitions = await watermarks.FindPartitionsAsync(cancellationToken);
        var ends = await watermarks.ReadAsync(partitions, cancellationToken);
        var (expected, malformed) = await topicCharges.ReadExpectedAsync(ends, cancellationToken);
        var ledger = await ledgerWait.WaitAsync(ends, cancellationToken);

        var (comparison, foreign, attached) = await graph.CompareAsync(expected, cancellationToken);
        var changed = await topicCharges.ReadChangedAsync(ends, cancellationToken);
        var unseen = await graph.SortUnseenAsync(comparison.Unseen(changed), cancellationToken);
        var gaps = await completeness.FindGapsAsync(partitions[0].Topic, ends, cancellationToken);
        var result = comparison.Finish(changed, unseen, topicIsAll: gaps.Count == 0) with { Foreign = foreign };

        var positions = TopicPositions.Of(ends, ledger, await watermarks.ReadAsync(partitions, cancellationToken));

        // Charges that come and go meanwhile make these two counts differ for a moment.
        var detached = changed.Count > 0 ? 0 : comparison.Seen - attached;
        var report = comparisonReport.Write(result, positions, malformed, detached, gaps);
        positionReport.Write(positions);
        return report;
    }
}
