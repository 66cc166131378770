using MovieFriends.Contracts.Generation;

namespace MovieFriends.Producer.Sources;

/// <summary>
/// Makes events up from a seed. In mode Load the users come in turn, so that no user has a second event before all have one;
/// in mode Live they come at random.
/// </summary>
internal abstract class GeneratorSource : IEventSource
{
    private const double LoadStepSeconds = 1e-6;

    private readonly ProducerOptions _options;
    private readonly TimeProvider _time;
    private readonly bool _live;
    private readonly double _firstSecond;
    private readonly long _started;
    private readonly byte[] _value;
    private SplitMix64 _random;
    private long _next;
    private int _length;

    /// <param name="options">What to make.</param>
    /// <param name="time">The clock of events in mode Live.</param>
    /// <param name="maxLength">The most bytes that a message value needs.</param>
    protected GeneratorSource(ProducerOptions options, TimeProvider time, int maxLength)
    {
        _value = new byte[maxLength];
        _options = options;
        _time = time;
        _live = options.Mode == ProducerMode.Live;
        _firstSecond = ((options.StartTime ?? time.GetUtcNow()) - DateTimeOffset.UnixEpoch).TotalSeconds;
        _started = time.GetTimestamp();
        _random = new SplitMix64(options.Seed);
    }

    public long UserId { get; private set; }

    public ReadOnlySpan<byte> Value => _value.AsSpan(0, _length);

    public long Total => _live ? 0 : _options.Messages;

    public long Malformed => 0;

    public ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_live || _next < _options.Messages);
    }

    public bool TryRead()
    {
        if (!_live && _next == _options.Messages)
            return false;

        UserId = _options.FirstUserId + (_live ? _random.Next(_options.Users) : _next % _options.Users);
        var passed = _live ? _time.GetElapsedTime(_started).TotalSeconds : _next * LoadStepSeconds;

        // Microseconds are what fits the message; more digits would only say how a double rounds.
        _length = Write(UserId, Math.Round(_firstSecond + passed, 6), ref _random, _value);
        _next++;
        return true;
    }

    public void Dispose()
    {
    }

    /// <summary>Writes an event's message value.</summary>
    /// <param name="userId">Its user.</param>
    /// <param name="seconds">When it happens, in seconds since 1970-01-01 UTC.</param>
    /// <param name="random">Decides the rest.</param>
    /// <param name="destination">Takes the value.</param>
    /// <returns>The value's length.</returns>
    protected abstract int Write(long userId, double seconds, ref SplitMix64 random, Span<byte> destination);
}
