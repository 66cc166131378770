using System.Globalization;

namespace MovieFriends.AppHost.Live;

/// <summary>What the services have done since they started, and how fast they are now.</summary>
internal sealed record MetricsSnapshot
{
    private const string Unknown = "-";

    /// <summary>Messages that the broker confirmed.</summary>
    public required long Produced { get; init; }

    /// <summary>Messages settled in the graph.</summary>
    public required long Consumed { get; init; }

    /// <summary>Messages that are not in the graph yet, if that is known.</summary>
    public required long? Lag { get; init; }

    /// <summary>Messages settled per second, over the last seconds.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>Seconds from event to graph for half of the recent events, if there were any.</summary>
    public required double? LatencyP50 { get; init; }

    /// <summary>The same for 99 of 100.</summary>
    public required double? LatencyP99 { get; init; }

    /// <summary>Messages per transaction, over the last seconds.</summary>
    public required double BatchSize { get; init; }

    /// <summary>Transactions that were repeated.</summary>
    public required long Retries { get; init; }

    /// <summary>Messages moved to the dead-letter topic.</summary>
    public required long DeadLetters { get; init; }

    public string ProducedText => Count(Produced);

    public string ConsumedText => Count(Consumed);

    public string LagText => Lag is { } lag ? Count(lag) : Unknown;

    public string RateText => Count(MessagesPerSecond);

    public string LatencyP50Text => Latency(LatencyP50);

    public string LatencyP99Text => Latency(LatencyP99);

    public string BatchSizeText => BatchSize is > 0 and < 10 ? string.Create(CultureInfo.InvariantCulture, $"{BatchSize:0.0}") : Count(BatchSize);

    public string RetriesText => Count(Retries);

    public string DeadLettersText => Count(DeadLetters);

    private static string Count(double number) => string.Create(CultureInfo.InvariantCulture, $"{number:N0}");

    private static string Latency(double? seconds) => seconds switch
    {
        null => Unknown,
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:N0} s"),
    };
}
