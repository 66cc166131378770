using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using MovieFriends.Kafka;

namespace MovieFriends.Producer.Telemetry;

/// <summary>
/// Spans of sending: one for the messages on their way at the same time, never one per message. A span begins with the first
/// message after all before it were confirmed, or when the one before it is large or long enough, and ends when as many
/// messages are known to have arrived, or to be lost, as were sent up to its last. Its context goes with each of its messages.
/// </summary>
internal sealed class SendSpans(ProducerTelemetry telemetry, TopicSettings topic, TimeProvider time)
{
    /// <summary>A span takes no more messages.</summary>
    public const int MaxMessages = 1_000;

    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<(Activity Span, long UpTo)> _waiting = new();
    private Activity? _open;
    private byte[]? _traceParent;
    private long _opened;
    private long _known;
    private int _messages;

    /// <summary>A message is about to be handed to the client.</summary>
    /// <param name="before">How many were before it. It must count as sent already, or a span could end without it.</param>
    /// <returns>The header that it goes with, <see cref="TraceHeaders.TraceParent"/>; the same one for all of a span, and null if there is none.</returns>
    public byte[]? Next(long before)
    {
        if (!telemetry.IsTracing && _open is null)
            return _traceParent;

        lock (_lock)
        {
            if (_open is not null && _messages > 0 && (_messages == MaxMessages || time.GetElapsedTime(_opened) >= s_maxAge))
                Close(before);
            if (_open is null)
                Open();
            _messages++;
            return _traceParent;
        }
    }

    /// <summary>The client did not take the message after all.</summary>
    public void NotSent()
    {
        lock (_lock)
            _messages--;
    }

    /// <summary>The fate of so many messages is known, of as many as were sent.</summary>
    public void Known(long known, long sent, Error? failure)
    {
        if (_open is null && _waiting.Count == 0)
            return;

        lock (_lock)
        {
            // Reports can come from two threads, and the later one first.
            _known = Math.Max(_known, known);
            if (failure is not null)
                Fail(failure);
            if (known == sent)
                Close(sent);
            End();
        }
    }

    /// <summary>No more is heard of messages on their way.</summary>
    public void Finish(long sent)
    {
        lock (_lock)
        {
            Close(sent);
            while (_waiting.TryDequeue(out var left))
            {
                left.Span.SetStatus(ActivityStatusCode.Error, "Not confirmed.").SetTag("error.type", "not_confirmed");
                left.Span.Dispose();
            }
        }
    }

    private void Open()
    {
        // Each is a trace of its own: the run that they belong to may never end.
        var current = Activity.Current;
        Activity.Current = null;
        _open = telemetry.StartSend();
        Activity.Current = current;
        _opened = time.GetTimestamp();
        _messages = 0;
        _traceParent = _open is not null && topic.Headers ? Encoding.ASCII.GetBytes(_open.Id!) : null;
    }

    private void Close(long sent)
    {
        if (_open is null)
            return;

        _open.SetTag("messaging.batch.message_count", _messages);
        _waiting.Enqueue((_open, sent));
        _open = null;
        _traceParent = null;
        End();
    }

    private void End()
    {
        while (_waiting.TryPeek(out var first) && first.UpTo <= _known)
        {
            _waiting.Dequeue();
            first.Span.Dispose();
        }
    }

    // Reports carry no message, so that which of the spans on their way it belongs to is not known: it is said of the oldest.
    private void Fail(Error failure)
    {
        var span = _waiting.TryPeek(out var first) ? first.Span : _open;
        span?.SetStatus(ActivityStatusCode.Error, failure.Reason).SetTag("error.type", failure.Code.ToString());
    }
}
