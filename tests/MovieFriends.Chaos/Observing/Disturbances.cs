namespace MovieFriends.Chaos.Observing;

/// <summary>Knows whether servers and links are as they should be.</summary>
internal sealed class Disturbances(TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _open;
    private long _lastEnd = time.GetTimestamp();

    /// <summary>When the last disturbance ended, as a timestamp; now if there is one.</summary>
    public long FreeSince
    {
        get
        {
            lock (_lock)
                return _open > 0 ? time.GetTimestamp() : _lastEnd;
        }
    }

    /// <summary>Begins one, which ends when the result is disposed.</summary>
    public IDisposable Begin()
    {
        lock (_lock)
            _open++;
        return new Disturbance(this);
    }

    private void End()
    {
        lock (_lock)
        {
            _open--;
            _lastEnd = time.GetTimestamp();
        }
    }

    private sealed class Disturbance(Disturbances all) : IDisposable
    {
        public void Dispose() => all.End();
    }
}
