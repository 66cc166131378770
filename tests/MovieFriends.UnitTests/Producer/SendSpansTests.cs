using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Time.Testing;
using MovieFriends.Kafka;
using MovieFriends.Producer.Telemetry;
using Xunit;

namespace MovieFriends.UnitTests.Producer;

[Collection(nameof(ListensToTraces))]
public sealed class SendSpansTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private static readonly TopicSettings s_topic = new("charges", "charges.dead-letter", 1);

    private readonly ProducerTelemetry _telemetry = new(s_topic);
    private readonly TraceListener _traces = new(ProducerTelemetry.Name);
    private long _sent;

    public void Dispose()
    {
        _traces.Dispose();
        _telemetry.Dispose();
    }

    [Fact]
    public void One_message_at_a_time_is_one_span_each_from_hand_over_to_confirmation()
    {
        var spans = Create();
        Send(spans);
        Assert.Empty(_traces.Ended);
        spans.Known(1, _sent, null);

        var span = Assert.Single(_traces.Ended);
        Assert.Equal(("send charges", ActivityKind.Producer, default(ActivitySpanId)), (span.DisplayName, span.Kind, span.ParentSpanId));
        Assert.Equal(1, span.GetTagItem("messaging.batch.message_count"));
        Assert.Equal("send", span.GetTagItem("messaging.operation.type"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public void Messages_on_their_way_at_the_same_time_share_a_span_and_its_context()
    {
        var spans = Create();
        var first = Send(spans);
        var second = Send(spans);
        spans.Known(1, _sent, null);
        Assert.Empty(_traces.Ended);
        spans.Known(2, _sent, null);

        var span = Assert.Single(_traces.Ended);
        Assert.Equal(2, span.GetTagItem("messaging.batch.message_count"));
        Assert.Equal([span.Id, span.Id], [first, second]);
    }

    [Fact]
    public void Under_load_a_span_has_so_many_messages_and_ends_when_the_last_of_them_is_confirmed()
    {
        var spans = Create();
        for (var i = 0; i <= SendSpans.MaxMessages; i++)
            Send(spans);
        spans.Known(SendSpans.MaxMessages - 1, _sent, null);
        Assert.Empty(_traces.Ended);
        spans.Known(SendSpans.MaxMessages, _sent, null);

        Assert.Equal(SendSpans.MaxMessages, Assert.Single(_traces.Ended).GetTagItem("messaging.batch.message_count"));
    }

    [Fact]
    public void A_span_takes_no_messages_after_a_second()
    {
        var spans = Create();
        var first = Send(spans);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, Send(spans));
    }

    [Fact]
    public void A_message_that_is_given_up_is_an_error_with_its_code()
    {
        var spans = Create();
        Send(spans);
        spans.Known(1, _sent, new Error(ErrorCode.Local_MsgTimedOut, "too late"));

        var span = Assert.Single(_traces.Ended);
        Assert.Equal((ActivityStatusCode.Error, "too late", "Local_MsgTimedOut"), (span.Status, span.StatusDescription, span.GetTagItem("error.type")));
    }

    [Fact]
    public void What_is_not_confirmed_in_the_end_is_an_error()
    {
        var spans = Create();
        Send(spans);
        spans.Finish(_sent);

        Assert.Equal("not_confirmed", Assert.Single(_traces.Ended).GetTagItem("error.type"));
    }

    [Fact]
    public void Where_the_broker_keeps_no_headers_there_are_none()
    {
        var spans = new SendSpans(_telemetry, s_topic with { Headers = false }, _time);
        Assert.Null(Send(spans));
    }

    [Fact]
    public void Without_a_listener_there_is_neither_span_nor_header()
    {
        _traces.Dispose();
        Assert.Null(Send(Create()));
    }

    [Fact]
    public void Messages_of_a_span_have_one_and_the_same_header()
    {
        var spans = Create();
        Assert.Same(spans.Next(_sent++), spans.Next(_sent++));
    }

    private SendSpans Create() => new(_telemetry, s_topic, _time);

    // As the sender does: it counts first. Gives the context that goes with the message.
    private string? Send(SendSpans spans) => spans.Next(_sent++) is { } context ? Encoding.ASCII.GetString(context) : null;
}
