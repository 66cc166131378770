using System.Globalization;
using System.Text.Json;
using MovieFriends.Extensions;

namespace MovieFriends.Hosting.Terminal;

/// <summary>What one line of a service's console means.</summary>
internal abstract record ServiceLogLine
{
    /// <summary>How far a stage is.</summary>
    public sealed record Progress(string Stage, long Done, long Total, string Unit, double Rate) : ServiceLogLine;

    /// <summary>What came out of a stage, as JSON.</summary>
    public sealed record Report(string Stage, string Json) : ServiceLogLine;

    /// <summary>Something for the user to read: a warning, an error, or a line on standard error.</summary>
    public sealed record Problem(string Message) : ServiceLogLine;

    /// <summary>Anything else.</summary>
    public sealed record Other(string Message) : ServiceLogLine;

    /// <summary>What a person would read of it; null where it is for programs.</summary>
    public string? Text => this switch
    {
        Problem problem => problem.Message,
        Other other => other.Message,
        Progress progress => string.Create(CultureInfo.InvariantCulture, $"{progress.Stage}: {progress.Done:N0} {progress.Unit}"),
        _ => null,
    };

    /// <summary>Reads a line as the resource's log has it: a time stamp, then what the service wrote.</summary>
    public static ServiceLogLine Parse(string line, bool isError)
    {
        var content = WithoutTimestamp(line);
        if (!content.StartsWith('{'))
            return isError && content.Length > 0 ? new Problem(content) : new Other(content);

        try
        {
            using var json = JsonDocument.Parse(content);
            return Read(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Whatever it is, it was not written by the JSON console formatter.
            return isError ? new Problem(content) : new Other(content);
        }
    }

    private static ServiceLogLine Read(JsonElement entry)
    {
        var id = entry.GetProperty("EventId").GetInt32();
        if (id is StageLog.ProgressEvent or StageLog.EndlessProgressEvent or StageLog.ReportEvent)
        {
            var state = entry.GetProperty("State");
            return id == StageLog.ReportEvent
                ? new Report(state.GetProperty("Stage").GetString() ?? "", state.GetProperty("Report").GetString() ?? "")
                : new Progress(
                    state.GetProperty("Stage").GetString() ?? "",
                    state.GetProperty("Done").GetInt64(),
                    id == StageLog.EndlessProgressEvent ? 0 : state.GetProperty("Total").GetInt64(),
                    state.GetProperty("Unit").GetString() ?? "",
                    state.GetProperty("Rate").GetDouble());
        }

        var message = entry.GetProperty("Message").GetString() ?? "";
        return entry.GetProperty("LogLevel").GetString() is "Warning" or "Error" or "Critical" ? new Problem(message) : new Other(message);
    }

    private static string WithoutTimestamp(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && DateTimeOffset.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, out _) ? line[(space + 1)..] : line;
    }
}
