using MovieFriends.KafkaToNeo4j.Hosting;
using MovieFriends.KafkaToNeo4j.Telemetry;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>A stream of this process: a service with the topic's name as its key.</summary>
public sealed class StreamInfo
{
    /// <summary>The name of the activity source and the meter of all streams.</summary>
    public const string TelemetryName = StreamTelemetry.Name;

    private readonly StreamState _state;

    internal StreamInfo(StreamSettings settings, StreamState state)
    {
        Topic = settings.Topic.Name;
        _state = state;
    }

    /// <summary>The topic.</summary>
    public string Topic { get; }

    /// <summary>How far it is.</summary>
    public StreamStatus ReadStatus() => _state.Statistics.Status(_state.Telemetry.Lags.Read());
}
