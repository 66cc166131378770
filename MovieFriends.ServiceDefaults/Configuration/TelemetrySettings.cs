using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MovieFriends.ServiceDefaults.Configuration;

/// <summary>
/// The variables that OpenTelemetry reads. It takes no notice of a value that it cannot read, so that telemetry would silently go nowhere.
/// </summary>
public static class TelemetrySettings
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    private static readonly string[] s_signals = ["", "TRACES_", "METRICS_", "LOGS_"];
    private static readonly string[] s_protocols = ["grpc", "http/protobuf"];
    private static readonly string[] s_numbers =
    [
        "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BLRP_EXPORT_TIMEOUT", "OTEL_BLRP_MAX_QUEUE_SIZE", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT",
    ];

    /// <summary>The first setting that cannot be read, in one line.</summary>
    /// <returns>Null if all can be.</returns>
    public static string? Problem(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var signal in s_signals)
        {
            if (Wrong(configuration, $"{Prefix}{signal}ENDPOINT", IsAddress) is { } endpoint)
                return $"{endpoint}: must be an address that begins with http:// or https://, for example http://localhost:4317.";
            if (Wrong(configuration, $"{Prefix}{signal}PROTOCOL", s_protocols.Contains) is { } protocol)
                return $"{protocol}: must be one of {string.Join(", ", s_protocols)}.";
            if (Wrong(configuration, $"{Prefix}{signal}TIMEOUT", IsNumber) is { } timeout)
                return $"{timeout}: must be a whole number of milliseconds.";
        }

        return s_numbers.Select(key => Wrong(configuration, key, IsNumber)).FirstOrDefault(found => found is not null) is { } number
            ? $"{number}: must be a whole number."
            : null;
    }

    private static string? Wrong(IConfiguration configuration, string key, Func<string, bool> isRight) =>
        configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) && !isRight(value) ? $"{key} = '{value}'" : null;

    private static bool IsAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0;

    private static bool IsNumber(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
