using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.Contracts.Charges;
using MovieFriends.Extensions;
using MovieFriends.ServiceDefaults.Hosting;
using MovieFriends.Verifier.Graph;

namespace MovieFriends.Verifier.Expected;

/// <summary>The charges that the topic's messages make.</summary>
internal sealed class TopicCharges(
    TopicReader<ParsedCharge> topic, TopicWatermarks<ParsedCharge> watermarks, GraphReader graph, IOptions<ProgressOptions> options, TimeProvider time, ILogger<TopicCharges> logger)
{
    /// <summary>The charges of the messages before the ends, and how many of those messages are none.</summary>
    public async Task<(ChargeTable Expected, long Malformed)> ReadExpectedAsync(
        IReadOnlyDictionary<TopicPartition, (long Earliest, long Latest)> ends, CancellationToken cancellationToken)
    {
        var messages = ends.Values.Sum(e => e.Latest - e.Earliest);
        using var stage = RunTelemetry.Start("verify topic");
        // Growing doubles the memory for a while; room that is not needed is never touched.
        var expected = new ChargeTable((int)Math.Min(messages, 10_000_000));
        var malformed = 0L;
        using var progress = new ProgressReporter(logger, time, options.Value.Interval, "verify topic", "messages", messages);
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

    /// <summary>The ids of charges whose messages came after the ends and may have reached the graph before it was read through.</summary>
    public async Task<HashSet<long>> ReadChangedAsync(IReadOnlyDictionary<TopicPartition, (long Earliest, long Latest)> ends, CancellationToken cancellationToken)
    {
        using var stage = RunTelemetry.Start("verify changes");
        var ledger = await graph.ReadLedgerAsync([.. ends.Keys], cancellationToken);
        var now = await watermarks.ReadAsync([.. ends.Keys], cancellationToken);
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
}
