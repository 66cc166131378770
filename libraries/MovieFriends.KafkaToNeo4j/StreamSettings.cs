using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using MovieFriends.KafkaToNeo4j.Writing;
using Neo4j.Driver;

using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>What of a message is at hand besides its partition, offset, key and value. Each costs an object or more for every message.</summary>
[Flags]
public enum MessageFields
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its timestamp.</summary>
    Timestamp = 1,

    /// <summary>Its headers.</summary>
    Headers = 2,
}

/// <summary>What an application decides about a stream in its code.</summary>
public class StreamSettings
{
    private protected StreamSettings(string kafka, string graph) => (Kafka, Graph, NewRows, NewWriter) = (kafka, graph, null!, null!);

    internal StreamSettings(string kafka, string graph, Func<IRowSet> newRows, Func<IServiceProvider, RowWriter> newWriter) =>
        (Kafka, Graph, NewRows, NewWriter) = (kafka, graph, newRows, newWriter);

    /// <summary>The topic, and where its dead letters go; by default from the configuration.</summary>
    public TopicSettings Topic { get; set; } = null!;

    /// <summary>How it reads and writes; by default from the configuration.</summary>
    public StreamOptions Options { get; set; } = null!;

    /// <summary>The configuration section that options and topic are from, for messages.</summary>
    public string Section { get; set; } = KafkaToNeo4jOptions.DefaultSection;

    /// <summary>The properties that are unique among the nodes of a label. Missing constraints are created at the start.</summary>
    public IReadOnlyList<(string Label, string Property)> Keys { get; set; } = [];

    /// <summary>What of a message is at hand for its row.</summary>
    public MessageFields Fields { get; set; }

    /// <summary>Is done before the stream joins its group, each time it starts: whatever it waits for. It may throw a <see cref="FatalException"/>.</summary>
    public Func<IServiceProvider, CancellationToken, Task>? Prepare { get; set; }

    /// <summary>Hears what came out when the stream has ended.</summary>
    public Action<IServiceProvider, StreamReport>? Ended { get; set; }

    /// <summary>What the progress line begins with; by default the topic's name.</summary>
    public string? Stage { get; set; }

    /// <summary>The name of the health check that fails while the graph cannot be written, or messages cannot be read.</summary>
    public string? HealthCheck { get; set; }

    /// <summary>How the ledger is moved by hand, for messages, for example <c>run 'tool rewind'</c>; by default only how it is deleted.</summary>
    public string? RewindAdvice { get; set; }

    /// <summary>What becomes of messages that are read again, for messages; null if nothing is to be said.</summary>
    public string? ReadAgainAdvice { get; set; }

    internal string Kafka { get; }

    internal string Graph { get; }

    // The key of the graph's driver among several; null if there is one.
    internal string? DriverKey { get; set; }

    internal Func<IRowSet> NewRows { get; private protected init; }

    internal Func<IServiceProvider, RowWriter> NewWriter { get; private protected init; }

    // Looks whether the database takes what the stream will send; once the graph has its constraints.
    internal Func<IDriver, string?, ILogger, Task>? Check { get; private protected init; }
}
