namespace MovieFriends.Producer.Sending;

/// <summary>A steady rate: says how many messages are due, and waits for the next.</summary>
/// <param name="rate">Messages per second.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(double rate, TimeProvider time)
{
    // After a stall the rate goes on; it is not made up for with a burst of more than this.
    private const double MaxDebtSeconds = 1;

    // Timers are no finer; at higher rates several messages go out together.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private long _started = time.GetTimestamp();
    private double _sent;
    private double _due = 1;

    /// <summary>Whether the next message is due; it counts as sent then.</summary>
    public bool TryTake()
    {
        if (_due < _sent + 1)
            return false;

        _sent++;
        return true;
    }

    /// <summary>Waits until the next message is due; completes at once for those that are.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken) => TryTake() ? ValueTask.CompletedTask : new ValueTask(WaitForNextAsync(cancellationToken));

    private async Task WaitForNextAsync(CancellationToken cancellationToken)
    {
        do
        {
            var missing = TimeSpan.FromSeconds((_sent + 1 - _due) / rate);
            await Task.Delay(missing > s_tick ? missing : s_tick, time, cancellationToken);
            Update();
        }
        while (!TryTake());
    }

    private void Update()
    {
        _due = 1 + (time.GetElapsedTime(_started).TotalSeconds * rate);
        var debt = _due - _sent;
        if (debt > Math.Max(1, MaxDebtSeconds * rate))
        {
            _started = time.GetTimestamp();
            (_sent, _due) = (0, 1);
        }
    }
}
