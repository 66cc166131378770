using MovieFriends.Contracts.Charges;
using MovieFriends.Contracts.Generation;

namespace MovieFriends.Producer.Sources;

/// <summary>
/// Makes charges up from a seed. In mode Load the users come in turn, so that no user is charged twice before all are;
/// in mode Live they come at random. Amounts are 0 to 49.99 in whole cents.
/// </summary>
internal sealed class GeneratorSource : IChargeSource
{
    private const int Cents = 5_000;
    private const double LoadStepSeconds = 1e-6;

    private readonly ProducerOptions _options;
    private readonly TimeProvider _time;
    private readonly bool _live;
    private readonly double _firstSecond;
    private readonly long _started;
    private readonly byte[] _value = new byte[ChargeCodec.MaxEncodedLength];
    private SplitMix64 _random;
    private long _next;
    private int _length;

    public GeneratorSource(ProducerOptions options, TimeProvider time)
    {
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
        var amount = _random.Next(Cents) / 100.0;

        // Microseconds are what fits the message; more digits would only say how a double rounds.
        _length = ChargeCodec.Write(new Charge(UserId, amount, Math.Round(_firstSecond + passed, 6)), _value);
        _next++;
        return true;
    }

    public void Dispose()
    {
    }
}
