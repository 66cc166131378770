using MovieFriends.IntegrationTests.Telemetry.Otlp;
using MovieFriends.UnitTests;
using Xunit;

namespace MovieFriends.IntegrationTests.Telemetry;

/// <summary>docs/telemetry.md against what is really exported.</summary>
[Collection(nameof(SharesTelemetryStory))]
public sealed class TelemetryDocumentTests(TelemetryStory story)
{
    private const string Document = "telemetry.md";

    /// <summary>Marks what is not exported each time.</summary>
    private const string AtTimes = " †";

    private static readonly string[] s_sources = ["MovieFriends.Producer", "MovieFriends.Consumer", "MovieFriends.Seeder", "MovieFriends.Run", "MovieFriends.Neo4j"];

    private IEnumerable<Exported<Span>> Spans => story.Collector.Spans.Where(s => s_sources.Contains(s.Scope));

    private IEnumerable<Metric> Metrics => story.Collector.Metrics.Where(m => s_sources.Contains(m.Scope)).Select(m => m.Item);

    [Fact]
    public void Spans_are_those_of_the_document() => AssertSame(
        DocumentTable.Read(Document, "| span | kind | source |").Select(row => (row[0], $"{row[1]}, {row[2]}")),
        Spans.Where(s => s.Scope != "MovieFriends.Neo4j").Select(s => (s.Item.Name.Replace(story.Topic, "charges", StringComparison.Ordinal), $"{Lower(s.Item.Kind)}, {s.Scope}")));

    [Fact]
    public void Statements_are_of_the_document()
    {
        var documented = DocumentTable.Read(Document, "| statement | of |").Select(row => row[0]).ToHashSet();

        Assert.All(Spans.Where(s => s.Scope == "MovieFriends.Neo4j"), s => Assert.Equal((true, Span.Types.Kind.Client), (documented.Contains(s.Item.Name), s.Item.Kind)));
    }

    [Fact]
    public void Attributes_are_those_of_the_document()
    {
        var attributes = Spans.SelectMany(s => s.Item.Attributes.Concat(s.Item.Events.SelectMany(e => e.Attributes))).Concat(Metrics.SelectMany(m => m.Points().SelectMany(p => p)));

        AssertSame(DocumentTable.Read(Document, "| attribute | type | where |").Select(row => (row[0], row[1])), attributes.Select(a => (a.Key, a.Value.Type())));
    }

    [Fact]
    public void Metrics_are_those_of_the_document()
    {
        AssertSame(
            DocumentTable.Read(Document, "| metric | instrument | unit |").Select(row => (row[0], $"{row[1]}, {row[2]}")),
            Metrics.Select(m => (m.Name, $"{m.Instrument()}, {m.Unit}")));
        Assert.All(Metrics, m => Assert.False(string.IsNullOrEmpty(m.Description), m.Name));
    }

    // What is documented is exported, but for what is marked; what is exported is documented.
    private static void AssertSame(IEnumerable<(string Name, string Detail)> documented, IEnumerable<(string Name, string Detail)> exported)
    {
        var rows = documented.ToList();
        var seen = exported.ToHashSet();
        var all = rows.Select(row => row with { Name = row.Name.Replace(AtTimes, "", StringComparison.Ordinal) });
        var always = rows.Where(row => !row.Name.EndsWith(AtTimes, StringComparison.Ordinal));

        Assert.Empty(seen.Except(all));
        Assert.Empty(always.Except(seen));
    }

#pragma warning disable CA1308 // The document writes it so.
    private static string Lower(Span.Types.Kind kind) => kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
