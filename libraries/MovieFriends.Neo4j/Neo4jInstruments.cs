using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MovieFriends.Neo4j;

/// <summary>The source of spans and the instruments of one host, which all its drivers share; they end with the host.</summary>
internal sealed class Neo4jInstruments(IMeterFactory meters) : IDisposable
{
    public ActivitySource Source { get; } = new(Neo4jTelemetry.Name);

    public Histogram<double> Duration { get; } = meters.Create(Neo4jTelemetry.Name).CreateHistogram(
        "db.client.operation.duration",
        "s",
        "Duration of database client operations.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });

    // The meter is the factory's.
    public void Dispose() => Source.Dispose();
}
