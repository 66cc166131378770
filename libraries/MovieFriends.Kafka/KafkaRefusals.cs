using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MovieFriends.Extensions;

namespace MovieFriends.Kafka;

/// <summary>
/// What Kafka refuses a service that is at work. Each refusal is said once and makes the service not healthy; one that lasts longer than
/// <see cref="KafkaOptions.RefusalTimeout"/> ends it. Thread-safe.
/// </summary>
public sealed partial class KafkaRefusals(IOptions<KafkaOptions> options, TimeProvider time, ILogger<KafkaRefusals> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Reason, long Since)> _open = [];
    private volatile bool _any;

    /// <summary>Why Kafka refuses something now; null if it does not.</summary>
    public string? Reason
    {
        get
        {
            lock (_lock)
                return _open.Values.OrderBy(open => open.Since).Select(open => open.Reason).FirstOrDefault();
        }
    }

    /// <summary>Takes an error that <see cref="KafkaFailure"/> calls refused.</summary>
    /// <param name="what">What was asked for.</param>
    /// <param name="error">The error.</param>
    /// <exception cref="FatalException">Kafka has refused it for too long.</exception>
    public void Refused(string what, Error error)
    {
        Open(what, KafkaFailure.Explain(error, what));
        ThrowIfOver();
    }

    /// <summary>The same where nothing may be thrown; <see cref="ThrowIfOver"/> must be called elsewhere.</summary>
    public void Note(string what, Error error) => Open(what, KafkaFailure.Explain(error, what));

    /// <summary>Kafka has allowed it. Cheap enough to be called for each message.</summary>
    public void Allowed(string what)
    {
        if (!_any)
            return;

        lock (_lock)
        {
            if (!_open.Remove(what))
                return;
            _any = _open.Count > 0;
        }

        LogAllowed(logger, what);
    }

    /// <summary>Ends the service if something has been refused for too long. Cheap enough to be called all the time.</summary>
    /// <exception cref="FatalException">It has.</exception>
    public void ThrowIfOver()
    {
        if (!_any)
            return;

        lock (_lock)
        {
            foreach (var (reason, since) in _open.Values)
            {
                if (time.GetElapsedTime(since) >= options.Value.RefusalTimeout)
                    throw new FatalException(reason);
            }
        }
    }

    private void Open(string what, string reason)
    {
        lock (_lock)
        {
            if (!_open.TryAdd(what, (reason, time.GetTimestamp())))
                return;
            _any = true;
        }

        LogRefused(logger, options.Value.RefusalTimeout.TotalSeconds, reason);
    }

    [LoggerMessage(LogLevel.Warning, "Asked again for {Seconds:0} s (Kafka:RefusalTimeout): {Reason}")]
    private static partial void LogRefused(ILogger logger, double seconds, string reason);

    [LoggerMessage(LogLevel.Information, "Kafka allows it again: {What}.")]
    private static partial void LogAllowed(ILogger logger, string what);
}
