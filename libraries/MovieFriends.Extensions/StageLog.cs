using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace MovieFriends.Extensions;

/// <summary>
/// The log events by which a service tells how far it is and what came out. The AppHost reads them back
/// from a service's structured console log, so event ids and names of the values are a contract.
/// </summary>
public static partial class StageLog
{
    /// <summary>Event id of a progress line.</summary>
    public const int ProgressEvent = 1000;

    /// <summary>Event id of a report.</summary>
    public const int ReportEvent = 1001;

    /// <summary>Event id of a progress line of a stage without an end.</summary>
    public const int EndlessProgressEvent = 1002;

    /// <summary>Says how far a stage is.</summary>
    /// <param name="logger">Where to.</param>
    /// <param name="stage">The stage, for example <c>seed users</c>.</param>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units to do; 0 if there is no end.</param>
    /// <param name="unit">What is counted, in the plural.</param>
    /// <param name="rate">Units per second since the last line.</param>
    public static void Progress(ILogger logger, string stage, long done, long total, string unit, double rate)
    {
        if (total > 0)
            Finite(logger, stage, done, total, unit, rate);
        else
            Endless(logger, stage, done, unit, rate);
    }

    /// <summary>Publishes what came out of a stage as one line of JSON.</summary>
    public static void Report<T>(ILogger logger, string stage, T report, JsonTypeInfo<T> type)
    {
        if (logger.IsEnabled(LogLevel.Information))
            Report(logger, stage, JsonSerializer.Serialize(report, type));
    }

    [LoggerMessage(ProgressEvent, LogLevel.Information, "{Stage}: {Done} of {Total} {Unit}, {Rate:0}/s")]
    private static partial void Finite(ILogger logger, string stage, long done, long total, string unit, double rate);

    [LoggerMessage(EndlessProgressEvent, LogLevel.Information, "{Stage}: {Done} {Unit}, {Rate:0}/s")]
    private static partial void Endless(ILogger logger, string stage, long done, string unit, double rate);

    [LoggerMessage(ReportEvent, LogLevel.Information, "{Stage} report: {Report}")]
    private static partial void Report(ILogger logger, string stage, string report);
}
