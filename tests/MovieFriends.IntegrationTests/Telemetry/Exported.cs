namespace MovieFriends.IntegrationTests.Telemetry;

/// <summary>A span, a metric or a log record, and where it comes from.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Scope">Name of the activity source, the meter or the logger's category.</param>
/// <param name="Item">What was exported.</param>
internal sealed record Exported<T>(string Service, string Scope, T Item);
