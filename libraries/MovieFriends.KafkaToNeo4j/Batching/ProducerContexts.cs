using System.Diagnostics;
using System.Text;

namespace MovieFriends.KafkaToNeo4j.Batching;

/// <summary>The contexts in which a batch's messages were sent, each once. What comes after the limit is left out, as a trace is to be read.</summary>
internal sealed class ProducerContexts
{
    /// <summary>So many are kept.</summary>
    public const int Max = 128;

    private readonly HashSet<ActivityContext> _contexts = [];
    private byte[]? _last;

    public IReadOnlyCollection<ActivityContext> Contexts => _contexts;

    /// <summary>Notes the context of a message.</summary>
    /// <param name="traceParent">The value of its header <c>traceparent</c>, in W3C form; anything else is skipped.</param>
    public void Add(byte[] traceParent)
    {
        // Messages that were sent together follow each other.
        if (_contexts.Count == Max || (_last is not null && _last.AsSpan().SequenceEqual(traceParent)))
            return;

        _last = traceParent;
        if (ActivityContext.TryParse(Encoding.ASCII.GetString(traceParent), null, isRemote: true, out var context))
            _contexts.Add(context);
    }

    public void AddAll(ProducerContexts other)
    {
        foreach (var context in other._contexts)
        {
            if (_contexts.Count < Max)
                _contexts.Add(context);
        }
    }

    public void Clear()
    {
        _contexts.Clear();
        _last = null;
    }
}
