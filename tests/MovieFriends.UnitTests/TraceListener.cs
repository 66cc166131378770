using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace MovieFriends.UnitTests;

/// <summary>Listeners hear the whole process: tests that listen, or that count on nobody listening, run one after the other.</summary>
[CollectionDefinition(nameof(ListensToTraces), DisableParallelization = true)]
public sealed class ListensToTraces;

/// <summary>Hears every span of a source.</summary>
internal sealed class TraceListener : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TraceListener(string source)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<Activity> Ended => _ended;

    public void Dispose() => _listener.Dispose();
}
