using System.Globalization;
using MovieFriends.Bench.Rounds;

namespace MovieFriends.Bench.Reporting;

/// <summary>Figures as text, the same in the table and in the report.</summary>
internal static class BenchText
{
    // Milliseconds and seconds are small numbers; what comes after the point of a rate says nothing.
    private const double LeastWithoutDecimals = 100;

    public static IReadOnlyList<string> SeriesColumns(MeasureReport measure) => ["", $"{measure.Unit}, median", "lowest to highest", "processor time", "over all rounds"];

    public static IReadOnlyList<string> RatioColumns { get; } = ["ratio", "of the medians", "in one round"];

    /// <summary>The circumstances, in one line.</summary>
    public static string Circumstances(BenchReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"Kafka {report.Kafka}, Neo4j {report.Neo4j}, {report.Processors} processors for everything; {report.Messages:N0} messages in {report.Partitions} partitions, {report.Users:N0} users, batches of up to {report.BatchSize:N0}; {report.Rounds} rounds after one to warm up.");

    public static IReadOnlyList<string> Cells(Series series) =>
    [
        series.Name,
        Number(series.Value.Median),
        $"{Number(series.Value.Least)} to {Number(series.Value.Most)}",
        series.ProcessorSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds.Median:0.0} s ({seconds.Least:0.0} to {seconds.Most:0.0})") : "",
        string.Join(", ", series.Counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:N0}"))),
    ];

    public static IReadOnlyList<string> Cells(Ratio ratio) =>
    [
        ratio.Name,
        ratio.Value.ToString("0.000", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{ratio.Least:0.000} to {ratio.Most:0.000}"),
    ];

    /// <summary>A figure, with a decimal if it is a small one.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) < LeastWithoutDecimals ? "N1" : "N0", CultureInfo.InvariantCulture);
}
