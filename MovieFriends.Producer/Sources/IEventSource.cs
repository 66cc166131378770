namespace MovieFriends.Producer.Sources;

/// <summary>
/// Where events come from, read by one thread: <see cref="FillAsync"/> waits for some, <see cref="TryRead"/> goes
/// through them without waiting and without allocating.
/// </summary>
internal interface IEventSource : IDisposable
{
    /// <summary>The user of the event read last.</summary>
    long UserId { get; }

    /// <summary>The message value of the event read last; valid until the next one is read.</summary>
    ReadOnlySpan<byte> Value { get; }

    /// <summary>How many events there will be; 0 if that is not known.</summary>
    long Total { get; }

    /// <summary>Lines left out because they are no events.</summary>
    long Malformed { get; }

    /// <summary>Waits until there is something to read.</summary>
    /// <returns>False at the end.</returns>
    ValueTask<bool> FillAsync(CancellationToken cancellationToken);

    /// <summary>Reads the next event.</summary>
    /// <returns>False if <see cref="FillAsync"/> is due.</returns>
    bool TryRead();
}
