using System.Globalization;
using MovieFriends.IntegrationTests.Telemetry.Otlp;
using Xunit;

namespace MovieFriends.IntegrationTests.Telemetry;

/// <summary>What the services really export, by OTLP.</summary>
[Collection(nameof(SharesTelemetryStory))]
public sealed class TelemetryTests(TelemetryStory story)
{
    [Fact]
    public void A_good_batch_is_one_trace_from_poll_to_commit()
    {
        var poll = Spans("good", $"poll {story.Topic}").First(span => Value(span, "messaging.batch.message_count") != "0");
        var process = Assert.Single(Spans("good", $"process {story.Topic}"), poll.IsParentOf);
        var commit = Assert.Single(Spans("good", $"commit {story.Topic}"), process.IsParentOf);
        var statements = story.Collector.Spans.Where(s => s.Scope == "MovieFriends.Neo4j" && process.IsParentOf(s.Item)).Select(s => s.Item).ToList();

        Assert.Equal((Span.Types.Kind.Client, Span.Types.Kind.Consumer, Span.Types.Kind.Client), (poll.Kind, process.Kind, commit.Kind));
        Assert.True(poll.ParentSpanId.IsEmpty);
        Assert.Equal(["SET KafkaOffset", "CREATE DailyCharge"], statements.OrderBy(s => s.Start).Select(s => s.Name));
        Assert.All(statements, s => Assert.Equal((Span.Types.Kind.Client, "neo4j", Status.Types.Code.Unset), (s.Kind, Value(s, "db.system.name"), s.Status?.Code ?? Status.Types.Code.Unset)));
        Assert.Equal("1", Value(process, "moviefriends.attempt"));
        Assert.Equal(Value(process, "messaging.batch.message_count"), Value(process, "moviefriends.rows.created"));
        Assert.InRange(process.Start, poll.End, ulong.MaxValue);
    }

    [Fact]
    public void A_batch_is_linked_to_the_span_that_sent_its_messages()
    {
        Assert.SkipUnless(story.HasHeaders, "The broker keeps no headers.");
        var sent = story.Collector.Spans.Where(s => s.Item.Name == $"send {story.Topic}").Select(s => s.Item).ToList();

        Assert.All(sent, s => Assert.Equal(Span.Types.Kind.Producer, s.Kind));
        Assert.Equal(50, sent.Sum(s => long.Parse(Value(s, "messaging.batch.message_count")!, CultureInfo.InvariantCulture)));
        var written = Spans("good", $"process {story.Topic}").Where(s => Value(s, "messaging.batch.message_count") != "0").ToList();
        Assert.All(written, batch => Assert.NotEmpty(batch.Links));
        Assert.All(written.SelectMany(s => s.Links), link => Assert.Contains(sent, s => s.TraceId.Equals(link.TraceId) && s.SpanId.Equals(link.SpanId)));
    }

    [Fact]
    public void A_batch_that_is_tried_again_says_why_and_how_often()
    {
        var process = Assert.Single(Spans("retried", $"process {story.Topic}"), s => s.Events.Count > 0);

        Assert.All(process.Events, e => Assert.Equal("retry", e.Name));
        Assert.False(string.IsNullOrEmpty(process.Events[0].Attributes.Value("error.type")));
        Assert.Equal((process.Events.Count + 1).ToString(CultureInfo.InvariantCulture), Value(process, "moviefriends.attempt"));
        Assert.NotEqual(Status.Types.Code.Error, process.Status?.Code);
        Assert.Contains(story.Collector.Spans, s => s.Scope == "MovieFriends.Neo4j" && process.IsParentOf(s.Item) && s.Item.Status?.Code == Status.Types.Code.Error);
        Assert.Contains(Points("retried", "moviefriends.retries"), p => p.Value("error.type") is { Length: > 0 });
    }

    [Fact]
    public void The_halves_of_a_poisoned_batch_belong_to_it()
    {
        var whole = Assert.Single(Spans("poisoned", $"process {story.Topic}"), s => s.Events.Any(e => e.Name == "halved") && Spans("poisoned", $"poll {story.Topic}").Any(p => p.IsParentOf(s)));
        var halves = Spans("poisoned", $"process {story.Topic}").Where(whole.IsParentOf).ToList();

        Assert.Equal("Neo.ClientError.Schema.ConstraintValidationFailed", whole.Events.First(e => e.Name == "halved").Attributes.Value("error.type"));
        Assert.Equal(2, halves.Count);
        Assert.Equal(Number(whole, "messaging.batch.message_count"), halves.Sum(half => Number(half, "messaging.batch.message_count")));
        Assert.Equal(Number(whole, "moviefriends.offset.first"), halves.Min(half => Number(half, "moviefriends.offset.first")));
        Assert.Equal(Number(whole, "moviefriends.offset.last"), halves.Max(half => Number(half, "moviefriends.offset.last")));

        // Refused the first time, it was tried again with a look at what is there, before it was halved.
        Assert.Equal(["retry", "halved"], whole.Events.Select(e => e.Name));
        Assert.All([whole, .. halves], s => Assert.NotEqual(Status.Types.Code.Error, s.Status?.Code));
    }

    [Fact]
    public void Dead_letters_are_counted_and_said_in_the_trace_of_their_batch()
    {
        var written = Spans("poisoned", $"process {story.Topic}").Where(s => Value(s, "moviefriends.dead_lettered") is not null).ToList();
        var said = story.Collector.Logs.Where(l => l.Service == "poisoned" && l.Scope.EndsWith("DeadLetterPublisher", StringComparison.Ordinal)).Select(l => l.Item).ToList();

        Assert.Equal(3, written.Sum(s => Number(s, "moviefriends.dead_lettered")));
        Assert.Equal(3, Sum("poisoned", "moviefriends.dead_letters"));
        Assert.Equal(1, Sum("poisoned", "moviefriends.unmatched"));
        Assert.Equal(["malformed", "refused", "unknown_user"], said.Select(l => l.Attributes.Value("Reason")).Order());
        Assert.All(said, l => Assert.Contains(written, s => s.TraceId.Equals(l.TraceId)));
    }

    [Fact]
    public void A_batch_that_is_fenced_is_an_error()
    {
        var process = Assert.Single(Spans("fenced", $"process {story.Topic}"), s => Value(s, "error.type") is not null);

        Assert.Equal(("ledger_moved", Status.Types.Code.Error), (Value(process, "error.type"), process.Status.Code));
        Assert.Equal(1, Sum("fenced", "moviefriends.ledger.fenced"));
    }

    [Fact]
    public void Seeder_and_verifier_have_a_trace_with_their_stages()
    {
        Assert.Equal(["seed inspect", "seed inspect", "seed schema", "seed write"], Stages("seeder", "seed"));
        Assert.Equal(["verify changes", "verify graph", "verify ledger", "verify topic", "verify users"], Stages("verifier", "verify"));

        string[] Stages(string service, string run)
        {
            var root = Assert.Single(Spans(service, run));
            Assert.True(root.ParentSpanId.IsEmpty);
            return [.. story.Collector.Spans.Where(s => s.Scope == "MovieFriends.Run" && root.IsParentOf(s.Item)).Select(s => s.Item.Name).Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public void The_lag_is_measured_for_each_partition() => Assert.Equal(["0", "1", "2", "3"], story.LagPartitions("fenced").Order());

    [Fact]
    public void What_is_said_of_a_batch_belongs_to_its_trace()
    {
        var log = story.Collector.Logs.Where(l => l.Service == "good" && l.Item.Attributes.Any(a => a.Key == "DeadLettered") && l.Scope.EndsWith("SettledBatches", StringComparison.Ordinal)).Select(l => l.Item).ToList();

        Assert.NotEmpty(log);
        Assert.All(log, record => Assert.Contains(Spans("good", $"process {story.Topic}"), s => s.TraceId.Equals(record.TraceId) && s.SpanId.Equals(record.SpanId)));
    }

    [Fact]
    public void Latencies_are_counted_from_a_millisecond_to_a_minute()
    {
        var histogram = story.Collector.Metrics.Last(m => m.Item.Name == "moviefriends.event.latency").Item.Histogram.Points[0];

        Assert.Equal((0.001, 60), (histogram.Bounds[0], histogram.Bounds[^1]));
    }

    private static long Number(Span span, string key) => long.Parse(Value(span, key)!, CultureInfo.InvariantCulture);

    private static string? Value(Span span, string key) => span.Attributes.Value(key);

    private List<Span> Spans(string service, string name) =>
        [.. story.Collector.Spans.Where(s => s.Service == service && s.Item.Name == name).Select(s => s.Item)];

    private List<IReadOnlyCollection<KeyValue>> Points(string service, string metric) =>
        [.. story.Collector.Metrics.Where(m => m.Service == service && m.Item.Name == metric).SelectMany(m => m.Item.Points())];

    // Counters are exported as sums from the beginning: the last is the whole.
    private double Sum(string service, string metric) =>
        story.Collector.Metrics.Last(m => m.Service == service && m.Item.Name == metric).Item.Sum.Points.Sum(p => p.Int + p.Double);
}
