using System.Text.Json.Serialization.Metadata;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using MovieFriends.KafkaToNeo4j.Cypher;
using MovieFriends.KafkaToNeo4j.Records;
using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;

namespace MovieFriends.KafkaToNeo4j;

/// <summary>What an application decides about a stream of records.</summary>
/// <typeparam name="TRecord">The record that a message's value is read into.</typeparam>
public sealed class RecordSettings<TRecord> : StreamSettings
    where TRecord : notnull
{
    internal RecordSettings(string kafka, string graph, string topic, string cypher)
        : base(kafka, graph)
    {
        var format = new Lazy<RecordFormat<TRecord>>(() => new RecordFormat<TRecord>(this, topic));
        NewRows = () => new RecordRows<TRecord>(format.Value);
        NewWriter = provider => RowWriter.Of(new RecordWriter<TRecord>(
            new GraphQuery($"write {topic}", cypher),
            DeleteCypher is { } delete ? new GraphQuery($"delete {topic}", delete) : null,
            RelationshipsPerRow,
            provider.GetRequiredKeyedService<Neo4jTelemetry>(DriverKey)));
        Check = async (driver, database, logger) =>
        {
            await StatementCheck.CheckAsync(driver, database, cypher, RecordWriter<TRecord>.ExampleOf(RecordWriter<TRecord>.Rows), logger);
            if (RecordProperties<TRecord>.Names is { } names)
                RowNames.Check(cypher, [.. names, .. IncludeMessage ? RecordFormat.MessageNames : []], topic, logger);
            if (DeleteCypher is not null)
                await StatementCheck.CheckAsync(driver, database, DeleteCypher, RecordWriter<TRecord>.ExampleOf(RecordWriter<TRecord>.Keys), logger);
        };
    }

    /// <summary>
    /// Reads a message's value. By default it is JSON, with property names in any case, and what the record requires must be there. Several threads may call it at once.
    /// </summary>
    public IDeserializer<TRecord>? Deserializer { get; set; }

    /// <summary>
    /// Whether an exception of <see cref="Deserializer"/> says nothing of the message, as something else is away: a message is then read again later, and
    /// otherwise becomes a dead letter. By default this is so of time-outs and of HTTP requests without an answer, or with one that speaks of the server
    /// or of the caller's rights. What a schema registry says of a schema is an answer.
    /// </summary>
    public Func<Exception, bool> IsTransient { get; set; } = TransientFault.Is;

    /// <summary>How the JSON of a value is read, for those who generate that at build time. <see cref="Deserializer"/> comes first.</summary>
    public JsonTypeInfo<TRecord>? Json { get; set; }

    /// <summary>
    /// What is done about messages without a value, which stand for something that is gone: a statement over <c>$keys</c>, the keys of such messages as
    /// texts. Without it they become dead letters.
    /// </summary>
    public string? DeleteCypher { get; set; }

    /// <summary>
    /// How many relationships the statement creates for each row. If a batch creates another number, a <c>MATCH</c> has not found what a row refers to, and the row's message
    /// becomes a dead letter; the others of the batch are written. By default nobody counts, and such a row is lost in silence.
    /// </summary>
    public int? RelationshipsPerRow { get; set; }

    /// <summary>When a record's event happened; measures how old it is when it gets into the graph.</summary>
    public Func<TRecord, DateTimeOffset>? EventTime { get; set; }

    /// <summary>
    /// Whether each row has, beside the record's properties, where its message was: <c>_partition</c>, <c>_offset</c>, <c>_key</c> as text, and
    /// <c>_timestamp</c> in milliseconds since 1970 and <c>_headers</c> as a map of texts if <see cref="StreamSettings.Fields"/> asks for them.
    /// </summary>
    public bool IncludeMessage { get; set; }
}
