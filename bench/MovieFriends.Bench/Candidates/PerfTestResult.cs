using System.Globalization;
using System.Text.RegularExpressions;

namespace MovieFriends.Bench.Candidates;

/// <summary>What <c>kafka-producer-perf-test</c> says at its end.</summary>
/// <param name="Records">Records that the broker has confirmed.</param>
/// <param name="RecordsPerSecond">Over the whole run, from the first record to the last confirmation.</param>
internal sealed partial record PerfTestResult(long Records, double RecordsPerSecond)
{
    /// <summary>Reads them from its output, whose other lines tell of a few seconds each and have no percentiles.</summary>
    /// <exception cref="FormatException">They are not there.</exception>
    public static PerfTestResult Parse(string output)
    {
        var figures = Summary().Matches(output).LastOrDefault() ?? throw new FormatException($"kafka-producer-perf-test has told no figures:{Environment.NewLine}{output}");
        return new(
            long.Parse(figures.Groups["records"].Value, CultureInfo.InvariantCulture),
            double.Parse(figures.Groups["rate"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^(?<records>\d+) records sent, (?<rate>\d+(\.\d+)?) records/sec .* 99\.9th", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Summary();
}
