using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using MovieFriends.Extensions;

namespace MovieFriends.KafkaToNeo4j.Records;

/// <summary>What rows have of their messages, if they are asked to.</summary>
internal static class RecordFormat
{
    public const string Partition = "_partition";
    public const string Offset = "_offset";
    public const string Key = "_key";
    public const string Timestamp = "_timestamp";
    public const string Headers = "_headers";

    public static IReadOnlyList<string> MessageNames { get; } = [Partition, Offset, Key, Timestamp, Headers];
}

/// <summary>Reads messages into rows: maps of values that the database knows. Belongs to the thread that polls.</summary>
internal sealed class RecordFormat<TRecord>
    where TRecord : notnull
{
    private readonly RecordSettings<TRecord> _settings;
    private readonly IDeserializer<TRecord> _deserializer;
    private readonly RecordProperties<TRecord> _properties = new();
    private readonly string _topic;

    public RecordFormat(RecordSettings<TRecord> settings, string topic)
    {
        (_settings, _topic) = (settings, topic);
        _deserializer = settings.Deserializer ?? new JsonDeserializer<TRecord>(settings.Json);
    }

    /// <summary>What a message without a value stands for.</summary>
    public bool Deletes => _settings.DeleteCypher is not null;

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="failure">What becomes of it without a row: it is wrong, or cannot be read now.</param>
    /// <returns>The row and the time of its event.</returns>
    public (Dictionary<string, object?>? Row, double EventTime) Read(in ReceivedMessage message, out RowResult failure)
    {
        TRecord record;
        failure = default;
        try
        {
            record = _deserializer.Deserialize(message.Value, !message.HasValue, new SerializationContext(MessageComponentType.Value, _topic, message.Headers));
            if (record is null)
            {
                failure = RowResult.Malformed("The value is null.");
                return default;
            }

            var row = _properties.Read(record);
            if (_settings.IncludeMessage)
                Add(row, message);
            return (row, _settings.EventTime is { } time ? time(record).ToUnixTimeMilliseconds() / 1000.0 : double.NaN);
        }
#pragma warning disable CA1031 // Whatever an application's format says of a message that it cannot read: the stream goes on, and the message is kept.
        catch (Exception exception) when (exception is not FatalException)
#pragma warning restore CA1031
        {
            failure = _settings.IsTransient(exception)
                ? RowResult.Later($"The message at offset {message.Offset} of {_topic} partition {message.Partition}: {OneLine(exception.Message)}")
                : RowResult.Malformed(Explain(exception));
            return default;
        }
    }

    private static string Explain(Exception exception) => exception switch
    {
        JsonException { Path: { } path } json => $"The value is not the JSON of a {typeof(TRecord).Name}: {OneLine(json.Message)} ({path})",
        JsonException json => $"The value is not the JSON of a {typeof(TRecord).Name}: {OneLine(json.Message)}",
        _ => $"The value cannot be read as {typeof(TRecord).Name}: {OneLine(exception.Message)}",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static void Add(Dictionary<string, object?> row, in ReceivedMessage message)
    {
        row[RecordFormat.Partition] = (long)message.Partition;
        row[RecordFormat.Offset] = message.Offset;
        row[RecordFormat.Key] = message.HasKey ? Encoding.UTF8.GetString(message.Key) : null;
        if (message.Timestamp is { } timestamp)
            row[RecordFormat.Timestamp] = timestamp;
        if (message.Headers is { } headers)
            row[RecordFormat.Headers] = headers.GroupBy(header => header.Key, StringComparer.Ordinal).ToDictionary(header => header.Key, header => (object?)Text(header.Last()));
    }

    private static string? Text(IHeader header) => header.GetValueBytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
