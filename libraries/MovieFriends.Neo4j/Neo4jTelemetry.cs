using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>
/// Spans and metrics of the Cypher statements of one driver, after the OpenTelemetry semantic conventions for database clients. What its
/// settings leave out is not made; other drivers, and other hosts of the process, are not concerned.
/// </summary>
public sealed class Neo4jTelemetry
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "MovieFriends.Neo4j";

    private const string SystemName = "neo4j";

    private readonly ActivitySource? _source;
    private readonly Histogram<double>? _duration;

    private Neo4jTelemetry(ActivitySource? source, Histogram<double>? duration) => (_source, _duration) = (source, duration);

    /// <summary>Records nothing: for statements outside of a host.</summary>
    public static Neo4jTelemetry None { get; } = new(null, null);

    /// <summary>The server's status code where there is one, else the exception's type.</summary>
    public static string ErrorType(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return StatusCode(exception) ?? exception.GetType().FullName!;
    }

    internal static Neo4jTelemetry For(Neo4jDriverSettings settings, Neo4jInstruments instruments) =>
        new(settings.DisableTracing ? null : instruments.Source, settings.DisableMetrics ? null : instruments.Duration);

    internal Operation Start(GraphQuery query)
    {
        var activity = _source?.StartActivity(query.Summary, ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("db.system.name", SystemName);
            activity.SetTag("db.query.summary", query.Summary);
            activity.SetTag("db.query.text", query.Text);
        }

        return new Operation(activity, _duration, query.Summary, Stopwatch.GetTimestamp());
    }

    private static string? StatusCode(Exception exception) =>
        exception is Neo4jException { Code: { Length: > 0 } code } ? code : null;

    internal struct Operation(Activity? activity, Histogram<double>? duration, string summary, long started) : IDisposable
    {
        private string? _error;

        /// <summary>Whether somebody looks at what the database says of itself.</summary>
        public readonly bool IsRecorded => activity is { IsAllDataRequested: true };

        /// <summary>Notes which database it was: several drivers of one host share its source.</summary>
        public readonly void Complete(IResultSummary summary)
        {
            if (!IsRecorded)
                return;

            if (summary.Database?.Name is { } database)
                activity!.SetTag("db.namespace", database);
            if (summary.Server?.Address is { } address && address.LastIndexOf(':') is > 0 and var colon)
            {
                activity!.SetTag("server.address", address[..colon]);
                if (int.TryParse(address.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port))
                    activity.SetTag("server.port", port);
            }
        }

        public void Fail(Exception exception)
        {
            _error = ErrorType(exception);
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            activity?.SetTag("error.type", _error);
            if (StatusCode(exception) is { } code)
                activity?.SetTag("db.response.status_code", code);
        }

        public readonly void Dispose()
        {
            activity?.Dispose();
            if (duration is not { Enabled: true })
                return;

            var tags = new TagList { { "db.system.name", SystemName }, { "db.query.summary", summary } };
            if (_error is not null)
                tags.Add("error.type", _error);
            duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }
}
