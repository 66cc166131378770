using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Verifier.Comparison;
using MovieFriends.Verifier.Expected;
using MovieFriends.Verifier.Graph;

namespace MovieFriends.Verifier;

/// <summary>
/// Reads the topic up to the end it has now, works out the charges that it makes, and compares them with the graph.
/// While a stream is running, charges whose messages came after that end are left out of the judgement.
/// </summary>
internal sealed class VerifierService(
    TopicWatermarks watermarks,
    TopicCharges topicCharges,
    TopicCompleteness completeness,
    LedgerWait ledgerWait,
    GraphComparer graph,
    ComparisonReport comparisonReport,
    ServiceExit exit,
    ILogger<VerifierService> logger) : OneShotService(exit, logger, "verify")
{
    protected override async Task<int> RunAsync(CancellationToken cancellationToken)
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

        var lags = partitions.Select(p => new PartitionLag(p.Partition.Value, ends[p].Earliest, ends[p].Latest, ledger.TryGetValue(p, out var next) ? next : null)).ToList();
        var now = await watermarks.ReadAsync(partitions, cancellationToken);
        var pastEnd = ledger.Where(l => l.Value > now[l.Key].Latest).Select(l => l.Key).ToList();

        // Charges that come and go meanwhile make these two counts differ for a moment.
        var detached = changed.Count > 0 ? 0 : comparison.Seen - attached;
        var report = comparisonReport.Write(result, lags, malformed, detached, pastEnd, gaps);
        return report.Ok ? ServiceRunner.Ok : ServiceRunner.Failed;
    }
<<<<<<< HEAD
=======

    private async Task<Dictionary<TopicPartition, (long Earliest, long Latest)>> ReadEndsAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                var offsets = await WatermarkReader.ReadAsync(consumer, partitions, cancellationToken);
                return partitions.Zip(offsets).ToDictionary(p => p.First, p => (p.Second.Earliest, p.Second.Latest));
            }
            catch (KafkaException exception)
            {
                if (failures == Attempts || KafkaFailure.Classify(exception.Error) == KafkaFailureKind.Refused)
                    throw new FatalException($"Kafka does not say where the topic ends: {exception.Error.Reason}", exception);
            }

            await Task.Delay(Backoff.After(failures, Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    private async Task<(ChargeTable Expected, long Malformed)> ReadExpectedAsync(Dictionary<TopicPartition, (long From, long To)> ends, CancellationToken cancellationToken)
    {
        var messages = ends.Values.Sum(e => e.To - e.From);
        using var stage = RunTelemetry.Start("verify topic");
        // Growing doubles the memory for a while; room that is not needed is never touched.
        var expected = new ChargeTable((int)Math.Min(messages, 10_000_000));
        var malformed = 0L;
        using var progress = new ProgressReporter(logger, time, progressOptions.Value.Interval, "verify topic", "messages", messages);
        await topic.ReadAsync(
            ends,
            message =>
            {
                if (message.Error == ChargeFormatError.None)
                    expected.Add(message.Charge);
                else
                    malformed++;
                progress.Add(1);
            },
            cancellationToken);
        return (expected, malformed);
    }

    private async Task<(GraphComparison Charges, long Foreign)> CompareAsync(ChargeTable expected, CancellationToken cancellationToken)
    {
        GraphComparison? comparison = null;
        var foreign = 0L;
        using var stage = RunTelemetry.Start("verify graph");
        using var progress = new ProgressReporter(logger, time, progressOptions.Value.Interval, "verify graph", "charges", expected.Count);
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

    /// <summary>Why messages that the topic does not have can have made charges.</summary>
    private async Task<List<string>> WhyNotAllAsync(string name, Dictionary<TopicPartition, (long Earliest, long Latest)> ends, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        if (ends.Values.Any(e => e.Earliest > 0))
            reasons.Add("the topic no longer has its first messages, which may have made them");
        if (await TopicSettings.IsCompactedAsync(consumer.Handle, name))
            reasons.Add("the topic is compacted (cleanup.policy): of each key only the last messages stay");
        var topics = await graph.ReadTopicsAsync(cancellationToken);
        if (topics.GetValueOrDefault(name))
            reasons.Add("the topic was deleted and created again, and the graph has messages of the earlier one, too");
        var others = topics.Keys.Where(topic => topic != name).Order(StringComparer.Ordinal).ToArray();
        if (others.Length > 0)
            reasons.Add($"the graph has messages of other topics, too ({string.Join(", ", others)})");
        return reasons;
    }

    /// <summary>The charges of messages that came after the ends and may have reached the graph before it was read through.</summary>
    private async Task<HashSet<long>> ReadChangedAsync(Dictionary<TopicPartition, (long Earliest, long Latest)> ends, CancellationToken cancellationToken)
    {
        using var stage = RunTelemetry.Start("verify changes");
        var ledger = await graph.ReadLedgerAsync([.. ends.Keys], cancellationToken);
        var now = await ReadEndsAsync([.. ends.Keys], cancellationToken);
        var changed = new HashSet<long>();
        await topic.ReadAsync(
            ledger.ToDictionary(l => l.Key, l => (ends[l.Key].Latest, Math.Min(l.Value, now[l.Key].Latest))),
            message =>
            {
                if (message.Error == ChargeFormatError.None)
                    changed.Add(message.Charge.ChargeId);
            },
            cancellationToken);
        return changed;
    }

    private async Task<UnseenCharges> SortUnseenAsync(IEnumerable<(long ChargeId, double Amount)> charges, CancellationToken cancellationToken)
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
>>>>>>> gate
}
