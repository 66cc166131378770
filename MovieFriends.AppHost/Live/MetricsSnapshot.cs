using System.Globalization;

namespace MovieFriends.AppHost.Live;

/// <summary>What the services have done since they started, and how fast they are now.</summary>
/// <param name="Produced">Messages that the broker confirmed.</param>
/// <param name="Consumed">Messages settled in the graph.</param>
/// <param name="Lag">Messages that are not in the graph yet, if that is known.</param>
/// <param name="ChargesPerSecond">Messages settled per second, over the last seconds.</param>
/// <param name="LatencyP50">Seconds from event to graph for half of the recent charges, if there were any.</param>
/// <param name="LatencyP99">The same for 99 of 100.</param>
/// <param name="BatchSize">Messages per transaction, over the last seconds.</param>
/// <param name="Retries">Transactions that were repeated.</param>
/// <param name="DeadLetters">Messages moved to the dead-letter topic.</param>
internal sealed record MetricsSnapshot(
    long Produced,
    long Consumed,
    long? Lag,
    double ChargesPerSecond,
    double? LatencyP50,
    double? LatencyP99,
    double BatchSize,
    long Retries,
    long DeadLetters)
{
    private const string Unknown = "-";

    public string ProducedText => Count(Produced);

    public string ConsumedText => Count(Consumed);

    public string LagText => Lag is { } lag ? Count(lag) : Unknown;

    public string RateText => Count(ChargesPerSecond);

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
