using System.Diagnostics;
using Confluent.Kafka;

namespace MovieFriends.KafkaToNeo4j.Telemetry;

/// <summary>
/// The spans of offsets that are committed together, each in the trace of its batch. None of them is current while the next is made: a span
/// that ends makes its predecessor current, over or not, and that is for all of them what was current before.
/// </summary>
internal sealed class CommitSpans : IDisposable
{
    private readonly List<Activity> _spans = [];
    private readonly Activity? _before = Activity.Current;

    public void Add(Activity? span)
    {
        Activity.Current = _before;
        if (span is not null)
            _spans.Add(span);
    }

    public void Failed(Error error)
    {
        foreach (var span in _spans)
            StreamTelemetry.Failed(span, error.Reason, error.Code.ToString());
    }

    public void Dispose()
    {
        foreach (var span in _spans)
            span.Dispose();
    }
}
