using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MovieFriends.Cli.Testing;

/// <summary>What came out of the run of one test project.</summary>
/// <param name="Counts">How many tests came out how.</param>
/// <param name="Failures">A line for each test that failed.</param>
internal sealed record TestReport(TestCounts Counts, IReadOnlyList<string> Failures)
{
    /// <summary>Reads a TRX report.</summary>
    /// <param name="project">Whose tests ran.</param>
    /// <param name="path">The report.</param>
    /// <param name="exitCode">Of the run; one that says failure while the report has none counts as a failed test.</param>
    public static TestReport Read(string project, string path, int exitCode)
    {
        try
        {
            var report = XDocument.Load(path);
            var counters = Elements(report, "Counters").First();
            int Count(string name) => int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
            var (passed, total, executed) = (Count("passed"), Count("total"), Count("executed"));
            string[] failures = [.. Elements(report, "UnitTestResult").Where(result => result.Attribute("outcome")?.Value == "Failed").Select(Failure)];
            var counts = new TestCounts(passed, executed - passed, total - executed);
            return counts.Failed == 0 && exitCode != 0
                ? new(counts with { Failed = 1 }, [$"{project} ended with exit code {exitCode}."])
                : new(counts, failures);
        }
        catch (Exception exception) when (exception is IOException or XmlException or InvalidOperationException)
        {
            return Crashed($"{project} ended with exit code {exitCode} and left no report.");
        }
    }

    /// <summary>A run that left no readable report failed as a whole.</summary>
    /// <param name="why">What is known of it.</param>
    public static TestReport Crashed(string why) => new(new(0, 1, 0), [why]);

    private static IEnumerable<XElement> Elements(XDocument report, string name) => report.Descendants().Where(element => element.Name.LocalName == name);

    private static string Failure(XElement result)
    {
        var message = result.Descendants().FirstOrDefault(element => element.Name.LocalName == "Message")?.Value ?? "";
        return $"{result.Attribute("testName")?.Value}: {string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";
    }
}
