using MovieFriends.Bench.Rounds;
using MovieFriends.Bench.Telemetry;

namespace MovieFriends.Bench.Candidates;

/// <summary>A consumer that exports to a sink, and what has come there.</summary>
internal sealed class ExportingConsumer(ProductConsumer consumer, OtlpSink sink) : ICandidate
{
    // Poll, processing, ledger, charges, commit; a few may be lost to a full queue.
    private const int LeastSpansPerBatch = 4;

    public string Name => consumer.Name;

    /// <exception cref="InvalidOperationException">Too few spans have come for the batches: this was no run with tracing.</exception>
    public async Task<Sample> RunAsync(CancellationToken cancellationToken)
    {
        sink.Reset();
        var sample = await consumer.RunAsync(cancellationToken);
        if (sink.Spans < LeastSpansPerBatch * sample.Counts["batches"])
            throw new InvalidOperationException($"The consumer wrote {sample.Counts["batches"]} batches, but only {sink.Spans} spans were exported.");

        return sample with
        {
            Counts = new Dictionary<string, long>(sample.Counts) { ["exports"] = sink.Requests, ["spans"] = sink.Spans, ["bytes"] = sink.Bytes },
        };
    }
}
