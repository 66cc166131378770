namespace MovieFriends.Chaos;

/// <summary>Waiting for a condition, with a limit that names it.</summary>
internal static class Wait
{
    public static async Task<T> UntilAsync<T>(string what, TimeSpan limit, Func<Task<T?>> probe, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            for (; ; )
            {
                if (await probe() is { } found)
                    return found;
                await ticks.WaitForNextTickAsync(timeout.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Within {limit.TotalSeconds:0} s it did not happen: {what}.");
        }
    }

    /// <inheritdoc cref="UntilAsync{T}(string, TimeSpan, Func{Task{T}}, CancellationToken)"/>
    public static Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> probe, CancellationToken cancellationToken) =>
        UntilAsync(what, limit, async () => await probe() ? what : null, cancellationToken);
}
