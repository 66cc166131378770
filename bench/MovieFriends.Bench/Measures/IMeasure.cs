using MovieFriends.Bench.Environments;
using MovieFriends.Bench.Reporting;

namespace MovieFriends.Bench.Measures;

/// <summary>Something that can be measured.</summary>
internal interface IMeasure
{
    /// <summary>What it is asked for by.</summary>
    string Name { get; }

    /// <summary>Puts what it needs in place, measures, and leaves the graph without charges.</summary>
    Task<MeasureReport> RunAsync(BenchEnvironment environment, CancellationToken cancellationToken);
}
