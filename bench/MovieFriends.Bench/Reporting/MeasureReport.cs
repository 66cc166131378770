using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Reporting;

/// <summary>The figures of one measure.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="What">What is measured, in a sentence.</param>
/// <param name="Unit">The unit of the figures.</param>
/// <param name="Series">Each candidate's figures.</param>
/// <param name="Ratios">How they stand to each other.</param>
/// <param name="Remarks">What to know about them, in sentences.</param>
internal sealed record MeasureReport(
    string Name,
    string What,
    string Unit,
    IReadOnlyList<Series> Series,
    IReadOnlyList<Ratio> Ratios,
    IReadOnlyList<string> Remarks)
{
    /// <summary>What went on over time; none of most measures.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];
}
