using System.Diagnostics;
using MovieFriends.Consumer.Batching;
using MovieFriends.Consumer.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.Consumer;

public sealed class BatchTraceTests : IDisposable
{
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;
    private readonly ConsumerTelemetry _telemetry = new();

    public BatchTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ConsumerTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public void A_batch_is_one_trace_from_poll_to_processing()
    {
        var polled = DateTimeOffset.UtcNow.AddSeconds(-1);
        var batch = new ChargeBatch(1);
        batch.Add(7, 7, [], "1000000,5.84,1484261697"u8, polled);

        using var process = _telemetry.StartBatch("charges", 3, batch, "group");

        var poll = Assert.Single(_ended);
        Assert.Equal(("poll charges", ActivityKind.Client), (poll.DisplayName, poll.Kind));
        Assert.Equal(polled.UtcDateTime, poll.StartTimeUtc);
        Assert.Equal(("process charges", ActivityKind.Consumer), (process!.DisplayName, process.Kind));
        Assert.Equal(poll.SpanId, process.ParentSpanId);
        Assert.Equal(1, process.GetTagItem("messaging.batch.message_count"));
        Assert.Equal(7L, process.GetTagItem("moviefriends.offset.last"));
    }

    [Fact]
    public void What_happens_while_a_batch_is_written_belongs_to_its_processing()
    {
        var batch = new ChargeBatch(1);
        batch.Add(7, 7, [], "1000000,5.84,1484261697"u8, DateTimeOffset.UtcNow);

        using var process = _telemetry.StartBatch("charges", 3, batch, "group");

        Assert.Same(process, Activity.Current);
    }
}
