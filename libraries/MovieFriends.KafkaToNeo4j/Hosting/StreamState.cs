using Microsoft.Extensions.Logging;
using MovieFriends.KafkaToNeo4j.Bookkeeping;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j.Hosting;

/// <summary>What stays of a stream when it runs again with new clients.</summary>
internal sealed class StreamState : IDisposable
{
    public StreamState(StreamSettings settings, TimeProvider time, ILogger<DatabaseHealth> logger)
    {
        Statistics = new StreamStatistics(time, new RecentLatencies(time));
        Telemetry = new StreamTelemetry(settings.Options, settings.Topic);
        Health = new DatabaseHealth(logger, time);
    }

    public StreamStatistics Statistics { get; }

    public StreamTelemetry Telemetry { get; }

    public DatabaseHealth Health { get; }

    public void Dispose() => Telemetry.Dispose();
}
