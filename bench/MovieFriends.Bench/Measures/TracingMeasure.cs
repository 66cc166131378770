using System.Globalization;
using MovieFriends.Bench.Candidates;
using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;
using MovieFriends.Bench.Rounds;
using MovieFriends.Bench.Telemetry;

namespace MovieFriends.Bench.Measures;

/// <summary>What it costs the consumer to export traces, metrics and logs.</summary>
internal sealed class TracingMeasure : IMeasure
{
    /// <summary>The share of its rate that exporting may cost the consumer.</summary>
    private const double LossAllowed = 0.03;

    public string Name => "tracing";

    public async Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken)
    {
        await environment.FillAsync(cancellationToken);
        await using var sink = await OtlpSink.StartAsync(cancellationToken);
        var series = await new Alternation(environment, new ChargeFixture(environment)).RunAsync(
            [new ProductConsumer(environment, "no exporter"), new ExportingConsumer(new ProductConsumer(environment, "all spans exported", sink.Settings), sink)],
            cancellationToken);
        var (without, with) = (series[0], series[1]);
        var ratio = Ratio.Of(with, without);
        return new MeasureReport(
            Name,
            "Charges per second over a backlog, from the consumer's first poll to its last commit.",
            "charges/s",
            series,
            [ratio],
            [
                Loss(ratio),
                ProcessorTime(without, with),
                "Spans, metrics and logs go out by OTLP over gRPC, every second, with every trace sampled. They go to a sink in the benchmark's own process, which counts and drops them on the same processors.",
                "Without an exporter the consumer makes no span and reads no instrument: nobody listens.",
            ]);
    }

    private static string Loss(Ratio ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"Exporting costs {1 - ratio.Value:0.0%} of the rate, in single rounds {1 - ratio.Most:0.0%} to {1 - ratio.Least:0.0%}; up to {LossAllowed:0%} is allowed.");

    private static string ProcessorTime(Series without, Series with)
    {
        var more = with.ProcessorSeconds!.Median - without.ProcessorSeconds!.Median;
        var available = Environment.ProcessorCount * Spread.Of(without.Rounds.Select(round => round.Seconds)).Median;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"It costs the consumer {more:0.0} s of processor time more, {more / available:0.0%} of what all processors had while the backlog was consumed without it.");
    }
}
