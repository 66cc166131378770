using System.Diagnostics;

namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>Spans of work that is done once: one trace for a run, with a span for each of its stages.</summary>
public static class RunTelemetry
{
    /// <summary>Name of the activity source.</summary>
    public const string Name = "MovieFriends.Run";

    private static readonly ActivitySource s_source = new(Name);

    /// <summary>Starts a run or, within one, a stage; what runs until its end belongs to it.</summary>
    /// <param name="name">Low-cardinality, for example <c>seed</c> or <c>seed schema</c>.</param>
    /// <returns>Null if nobody listens.</returns>
    public static Activity? Start(string name) => s_source.StartActivity(name);

    internal static void Fail(this Activity? run, string reason, Exception exception) =>
        run?.SetStatus(ActivityStatusCode.Error, reason).SetTag("error.type", exception.GetType().FullName);
}
