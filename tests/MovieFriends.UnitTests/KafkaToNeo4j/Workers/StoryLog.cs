using Xunit;

namespace MovieFriends.UnitTests.KafkaToNeo4j;

/// <summary>What has happened, in its order.</summary>
internal sealed class StoryLog
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<string> _events = [];
    private readonly List<(string Event, TaskCompletionSource Seen)> _waiting = [];

    public void Add(string happened)
    {
        lock (_lock)
        {
            _events.Add(happened);
            foreach (var (_, seen) in _waiting.Where(waiting => waiting.Event == happened))
                seen.TrySetResult();
        }
    }

    /// <summary>Everything but the events that begin so.</summary>
    public IReadOnlyList<string> Without(params string[] beginnings)
    {
        lock (_lock)
            return [.. _events.Where(happened => !beginnings.Any(beginning => happened.StartsWith(beginning, StringComparison.Ordinal)))];
    }

    public async Task WaitForAsync(string happened)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_events.Contains(happened))
                return;
            _waiting.Add((happened, seen));
        }

        try
        {
            await seen.Task.WaitAsync(s_timeout, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'{happened}' did not happen within {s_timeout.TotalSeconds} s; what did: {string.Join(", ", Without())}");
        }
    }
}
