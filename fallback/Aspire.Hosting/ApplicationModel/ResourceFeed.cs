using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources as they were when it was opened, and what has changed since.</summary>
/// <remarks>
/// For readers that may be slow: of the changes of one instance that nobody has read yet only the last is kept,
/// so that what waits is never more than one change for each instance.
/// </remarks>
internal sealed class ResourceFeed(IReadOnlyList<ResourceEvent> current, Action<ResourceFeed> close) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<string, ResourceEvent> _changed = [];

    public IReadOnlyList<ResourceEvent> Current { get; } = current;

    public void Add(ResourceEvent change)
    {
        lock (_lock)
            _changed[change.ResourceId] = change;
        _signal.Writer.TryWrite(true);
    }

    public async IAsyncEnumerable<IReadOnlyCollection<ResourceEvent>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(cancellationToken))
        {
            IReadOnlyCollection<ResourceEvent> changes;
            lock (_lock)
                (changes, _changed) = (_changed.Values, []);
            if (changes.Count > 0)
                yield return changes;
        }
    }

    public void Dispose() => close(this);
}
