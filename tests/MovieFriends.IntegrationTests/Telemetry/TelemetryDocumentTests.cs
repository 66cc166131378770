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

    private static readonly string[] s_sources = ["MovieFriends.Producer", "MovieFriends.KafkaToNeo4j", "MovieFriends.Seeder", "MovieFriends.Run", "MovieFriends.Neo4j"];

    private IEnumerable<Exported<Span>> Spans => story.Collector.Spans.Where(s => s_sources.Contains(s.Scope));

    private IEnumerable<Metric> Metrics => story.Collector.Metrics.Where(m => s_sources.Contains(m.Scope)).Select(m => m.Item);

    private IEnumerable<KeyValue> Attributes =>
        Spans.SelectMany(s => s.Item.Attributes.Concat(s.Item.Events.SelectMany(e => e.Attributes))).Concat(Metrics.SelectMany(m => m.Points().SelectMany(p => p)));

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
    public void Attributes_are_those_of_the_document() =>
        AssertSame(DocumentTable.Read(Document, "| attribute | type | where |").Select(row => (row[0], row[1])), Attributes.Select(a => (a.Key, a.Value.Type())));

    [Fact]
    public void Metrics_are_those_of_the_document()
    {
        AssertSame(
            DocumentTable.Read(Document, "| metric | instrument | unit |").Select(row => (row[0], $"{row[1]}, {row[2]}")),
            Metrics.Select(m => (m.Name, $"{m.Instrument()}, {m.Unit}")));
        Assert.All(Metrics, m => Assert.False(string.IsNullOrEmpty(m.Description), m.Name));
    }

    /// <summary>Prints the whole list, for whoever wants to compare.</summary>
    [Fact]
    public void Every_name_is_one_of_the_conventions_or_begins_with_moviefriends()
    {
        var conventions = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Telemetry", "semantic-conventions.txt")).ToHashSet();
        var names = Attributes.Select(a => (Name: a.Key, Kind: "attribute")).Concat(Metrics.Select(m => (m.Name, Kind: "metric"))).Distinct().OrderBy(n => n.Name, StringComparer.Ordinal).ToList();
        foreach (var (name, kind) in names)
            Print($"{kind} {name}: {(conventions.Contains(name) ? "as in the conventions" : "none in the conventions")}");

        Assert.All(names, n => Assert.True(conventions.Contains(n.Name) || n.Name.StartsWith("moviefriends.", StringComparison.Ordinal), n.Name));
    }

    [Fact]
    public void Spans_of_messaging_and_of_the_database_are_named_as_the_conventions_say()
    {
        foreach (var (name, kind, operation) in Spans.Select(s => (s.Item.Name, s.Item.Kind, s.Item.Attributes.Value("messaging.operation.name") ?? s.Item.Attributes.Value("db.query.summary"))).Distinct())
        {
            Print($"span {name}, {Lower(kind)}: {(operation is null ? "a run or one of its stages, none in the conventions" : "as in the conventions")}");
            if (operation is not null)
                Assert.Equal(kind is Span.Types.Kind.Client && name == operation ? operation : $"{operation} {story.Topic}", name);
        }
    }

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

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
