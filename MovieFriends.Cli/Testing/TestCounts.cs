using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MovieFriends.Cli.Testing;

/// <summary>How many tests came out how.</summary>
internal readonly record struct TestCounts(int Passed, int Failed, int Skipped)
{
    /// <summary>A run that left no readable report failed as a whole.</summary>
    public static TestCounts Crashed { get; } = new(0, 1, 0);

    public static TestCounts operator +(TestCounts left, TestCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Reads a TRX report.</summary>
    /// <param name="path">The report.</param>
    /// <param name="exitCode">Of the run; one that says failure while the report has none counts as a failed test.</param>
    public static TestCounts Read(string path, int exitCode)
    {
        try
        {
            var counters = XDocument.Load(path).Descendants().First(element => element.Name.LocalName == "Counters");
            int Count(string name) => int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
            var (passed, total, executed) = (Count("passed"), Count("total"), Count("executed"));
            var failed = executed - passed;
            return new(passed, failed == 0 && exitCode != 0 ? 1 : failed, total - executed);
        }
        catch (Exception exception) when (exception is IOException or XmlException or InvalidOperationException)
        {
            return Crashed;
        }
    }

    public override string ToString() => $"{Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : "")}";
}
