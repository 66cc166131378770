using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using MovieFriends.KafkaToNeo4j;
using MovieFriends.KafkaToNeo4j.Batching;
using MovieFriends.KafkaToNeo4j.Telemetry;
using MovieFriends.KafkaToNeo4j.Writing;
using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

[Collection(nameof(ListensToTraces))]
public sealed class BatchTraceTests : IDisposable
{
    private static readonly TopicPartition s_partition = new("charges", 3);

    private readonly TraceListener _traces = new(StreamTelemetry.Name);
    private readonly StreamTelemetry _telemetry = new(new StreamOptions { GroupId = "group" }, ChargeStream.Topic);

    public void Dispose()
    {
        _traces.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public void A_batch_is_one_trace_from_poll_to_processing()
    {
        var polled = DateTimeOffset.UtcNow.AddSeconds(-1);

        using var process = _telemetry.StartBatch(s_partition, Batch(polled));

        var poll = Assert.Single(_traces.Ended);
        Assert.Equal(("poll charges", ActivityKind.Client), (poll.DisplayName, poll.Kind));
        Assert.Equal(polled.UtcDateTime, poll.StartTimeUtc);
        Assert.Equal(("process charges", ActivityKind.Consumer), (process!.DisplayName, process.Kind));
        Assert.Equal(poll.SpanId, process.ParentSpanId);
        Assert.Equal(1, process.GetTagItem("messaging.batch.message_count"));
        Assert.Equal("3", process.GetTagItem("messaging.destination.partition.id"));
        Assert.Equal("group", process.GetTagItem("messaging.consumer.group.name"));
        Assert.Equal(7L, process.GetTagItem("moviefriends.offset.last"));
    }

    [Fact]
    public void What_happens_while_a_batch_is_written_belongs_to_its_processing()
    {
        using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));

        Assert.Same(process, Activity.Current);
    }

    [Fact]
    public void The_outcome_and_the_attempt_are_attributes_of_the_processing()
    {
        var batch = Batch(DateTimeOffset.UtcNow);
        using var process = _telemetry.StartBatch(s_partition, batch);
        _telemetry.Committed(s_partition, batch, new BatchOutcome(new WriteResult { Created = 1 }), process, attempt: 2, TimeSpan.FromSeconds(1), DateTimeOffset.UtcNow);

        Assert.Equal((1, 0, 2), (process!.GetTagItem("moviefriends.rows.created"), process.GetTagItem("moviefriends.dead_lettered"), process.GetTagItem("moviefriends.attempt")));
    }

    [Fact]
    public void A_retry_is_an_event_with_its_error()
    {
        using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));
        _telemetry.Retry(process, new TimeoutException("late"), "System.TimeoutException", attempt: 1, deadlock: false);

        var retry = Assert.Single(process!.Events);
        Assert.Equal("retry", retry.Name);
        Assert.Contains(KeyValuePair.Create<string, object?>("error.type", "System.TimeoutException"), retry.Tags);
        Assert.Contains(KeyValuePair.Create<string, object?>("moviefriends.attempt", 1), retry.Tags);
    }

    [Fact]
    public void A_half_that_is_written_by_itself_belongs_to_the_whole()
    {
        var batch = Batch(DateTimeOffset.UtcNow);
        using var whole = _telemetry.StartBatch(s_partition, batch);
        using var half = _telemetry.StartPart(s_partition, batch, whole);

        Assert.Equal((whole!.TraceId, whole.SpanId), (half!.TraceId, half.ParentSpanId));
        Assert.Equal("process charges", half.DisplayName);
    }

    [Fact]
    public void A_batch_that_is_fenced_is_an_error()
    {
        using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));
        _telemetry.Fenced(process);

        Assert.Equal((ActivityStatusCode.Error, "ledger_moved"), (process!.Status, process.GetTagItem("error.type")));
    }

    [Fact]
    public void The_offsets_commit_belongs_to_the_processing_and_names_the_last_message()
    {
        using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));
        _telemetry.StartCommits([(new TopicPartitionOffset(s_partition, 8), process!.Context)]).Dispose();

        var commit = Assert.Single(_traces.Ended, span => span.DisplayName.StartsWith("commit", StringComparison.Ordinal));
        Assert.Equal(("commit charges", ActivityKind.Client, process.SpanId), (commit.DisplayName, commit.Kind, commit.ParentSpanId));
        Assert.Equal("settle", commit.GetTagItem("messaging.operation.type"));
        Assert.Equal(7L, commit.GetTagItem("messaging.kafka.offset"));
    }

    [Fact]
    public void Offsets_that_are_committed_together_leave_no_span_behind_that_others_would_belong_to()
    {
        var settled = new List<(TopicPartitionOffset, ActivityContext)>();
        for (var i = 0; i < 3; i++)
        {
            using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));
            settled.Add((new TopicPartitionOffset(s_partition, i), process!.Context));
        }

        using (var spans = _telemetry.StartCommits(settled))
        {
            Assert.Null(Activity.Current);
            spans.Failed(new Error(ErrorCode.NetworkException));
        }

        Assert.Null(Activity.Current);
        var commits = _traces.Ended.Where(span => span.DisplayName == "commit charges").ToList();
        Assert.Equal(settled.Select(s => s.Item2.SpanId), commits.Select(span => span.ParentSpanId));
        Assert.All(commits, span => Assert.Equal((ActivityStatusCode.Error, "NetworkException"), (span.Status, span.GetTagItem("error.type"))));
    }

    [Fact]
    public void A_batch_is_a_trace_of_its_own_whatever_is_under_way_where_it_is_written()
    {
        using var other = new Activity("rebalance").Start();

        using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));

        Assert.NotEqual(other.TraceId, process!.TraceId);
    }

    [Fact]
    public void A_batch_that_is_given_up_has_not_gone_well()
    {
        using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));
        StreamTelemetry.GivenUp(process, new OperationCanceledException());

        Assert.Equal((ActivityStatusCode.Error, "System.OperationCanceledException"), (process!.Status, process.GetTagItem("error.type")));
    }

    [Fact]
    public void What_was_said_of_a_failure_stays()
    {
        using var process = _telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow));
        StreamTelemetry.Failed(process, "wrong password", "Neo.ClientError.Security.Unauthorized");
        StreamTelemetry.GivenUp(process, new InvalidOperationException("other"));

        Assert.Equal("Neo.ClientError.Security.Unauthorized", process!.GetTagItem("error.type"));
    }

    [Fact]
    public void A_batch_is_linked_to_each_span_that_sent_its_messages_once()
    {
        var batch = Batch(DateTimeOffset.UtcNow);
        foreach (var sender in (string[])["1", "1", "2", "1", "nonsense"])
            batch.Producers.Add(TraceParent(sender));

        using var process = _telemetry.StartBatch(s_partition, batch);

        Assert.Equal(["0000000000000001", "0000000000000002"], process!.Links.Select(link => link.Context.SpanId.ToString()).Order());
    }

    [Fact]
    public void There_are_no_more_links_than_a_reader_can_take()
    {
        var batch = Batch(DateTimeOffset.UtcNow);
        for (var sender = 1; sender <= 1_000; sender++)
            batch.Producers.Add(TraceParent($"{sender}"));

        using var process = _telemetry.StartBatch(s_partition, batch);

        Assert.Equal(128, process!.Links.Count());
    }

    [Fact]
    public void A_batch_that_is_reused_forgets_its_senders()
    {
        var batch = Batch(DateTimeOffset.UtcNow);
        batch.Producers.Add(TraceParent("1"));
        batch.Clear();

        Assert.Empty(batch.Producers.Contexts);
    }

    [Fact]
    public void Halves_keep_the_links_of_the_whole()
    {
        var batch = Batch(DateTimeOffset.UtcNow);
        batch.Producers.Add(TraceParent("1"));
        var (first, second) = batch.Split();

        Assert.Equal([1, 1], [first.Producers.Contexts.Count, second.Producers.Contexts.Count]);
    }

    [Fact]
    public void Without_a_listener_nothing_is_done()
    {
        _traces.Dispose();

        Assert.False(_telemetry.IsTracing);
        Assert.Null(_telemetry.StartBatch(s_partition, Batch(DateTimeOffset.UtcNow)));
    }

    private static byte[] TraceParent(string sender) => Encoding.ASCII.GetBytes($"00-0000000000000000000000000000abcd-{sender.PadLeft(16, '0')}-01");

    private static MessageBatch Batch(DateTimeOffset polled)
    {
        var batch = ChargeStream.NewBatch(1);
        batch.Add(7, 7, [], "1000000,5.84,1484261697"u8, polled);
        return batch;
    }
}
