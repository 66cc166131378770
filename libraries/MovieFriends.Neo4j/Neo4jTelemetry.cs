using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>Spans and metrics of Cypher statements, after the OpenTelemetry semantic conventions for database clients.</summary>
public static class Neo4jTelemetry
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "MovieFriends.Neo4j";

    private const string SystemName = "neo4j";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        "db.client.operation.duration",
        "s",
        "Duration of database client operations.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });

    internal static Operation Start(GraphQuery query)
    {
        var activity = s_source.StartActivity(query.Summary, ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("db.system.name", SystemName);
            activity.SetTag("db.query.summary", query.Summary);
            activity.SetTag("db.query.text", query.Text);
        }

        return new Operation(activity, query.Summary, Stopwatch.GetTimestamp());
    }

    internal struct Operation(Activity? activity, string summary, long started) : IDisposable
    {
        private string? _error;

        /// <summary>Whether somebody looks at what the database says of itself.</summary>
        public readonly bool IsRecorded => activity is { IsAllDataRequested: true };

        /// <summary>Notes which database it was: several drivers of one process share this source.</summary>
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
            if (!s_duration.Enabled)
                return;

            var tags = new TagList { { "db.system.name", SystemName }, { "db.query.summary", summary } };
            if (_error is not null)
                tags.Add("error.type", _error);
            s_duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    /// <summary>The server's status code where there is one, else the exception's type.</summary>
    public static string ErrorType(Exception exception) => StatusCode(exception) ?? exception.GetType().FullName!;

    private static string? StatusCode(Exception exception) =>
        exception is Neo4jException { Code: { Length: > 0 } code } ? code : null;
}
