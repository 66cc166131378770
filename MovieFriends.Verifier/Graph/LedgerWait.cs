using Confluent.Kafka;
using Microsoft.Extensions.Options;
using MovieFriends.ServiceDefaults.Hosting;

namespace MovieFriends.Verifier.Graph;

/// <summary>Gives the consumer time to finish.</summary>
internal sealed partial class LedgerWait(GraphReader graph, IOptions<VerifierOptions> options, TimeProvider time, ILogger<LedgerWait> logger)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until the ledger has reached some offsets, but no longer than the options allow.</summary>
    /// <returns>Where the ledger stands then.</returns>
    public async Task<Dictionary<TopicPartition, long>> WaitAsync(IReadOnlyDictionary<TopicPartition, (long Earliest, long Latest)> ends, CancellationToken cancellationToken)
    {
        using var stage = RunTelemetry.Start("verify ledger");
        var started = time.GetTimestamp();
        for (var said = false; ; said = true)
        {
            var ledger = await graph.ReadLedgerAsync([.. ends.Keys], cancellationToken);

            // A consumer that stands before messages which are gone has to go past these, too.
            var left = ends.Sum(e => Math.Max(0, e.Value.Latest - ledger.GetValueOrDefault(e.Key, e.Value.Earliest)));
            if (left == 0 || time.GetElapsedTime(started).TotalSeconds >= options.Value.WaitSeconds)
                return ledger;

            if (!said)
                LogWaiting(logger, options.Value.WaitSeconds, left);
            await Task.Delay(s_pause, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Waiting up to {Seconds} s for {Messages} messages that are not in the graph yet.")]
    private static partial void LogWaiting(ILogger logger, double seconds, long messages);
}
