using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Records;

/// <summary>Writes records by one statement over their rows, and deletes by another over keys.</summary>
internal sealed class RecordWriter<TRecord>(GraphQuery write, GraphQuery? delete, int? relationshipsPerRow, Neo4jTelemetry telemetry) : IRowWriter<RecordRows<TRecord>>
    where TRecord : notnull
{
    /// <summary>The parameter that has the rows.</summary>
    public const string Rows = "rows";

    /// <summary>The parameter that has the keys of what is to be deleted.</summary>
    public const string Keys = "keys";

    /// <summary>Parameters of a statement, with nothing in them.</summary>
    public static Dictionary<string, object?> ExampleOf(string name) => new() { [name] = new List<object?>() };

    public async Task<WriteResult> InsertAsync(IAsyncQueryRunner transaction, RecordRows<TRecord> rows)
    {
        var written = new WriteResult();
        if (rows.ToDelete.Count > 0)
            written += await RunAsync(transaction, delete!, Keys, rows.ToDelete.ToList());
        var toWrite = rows.ToWrite;
        if (toWrite.Count == 0)
            return written;
        var result = await RunAsync(transaction, write, Rows, toWrite);
        return relationshipsPerRow is not { } each || result.RelationshipsCreated == (long)each * toWrite.Count
            ? written + result
            : throw new RowRejectedException(toWrite.Count == 1
                ? $"The statement created {result.RelationshipsCreated} relationships for it, not {relationshipsPerRow}: the graph lacks what its row refers to."
                : $"The statement created {result.RelationshipsCreated} relationships for {toWrite.Count} rows, not {relationshipsPerRow} for each.");
    }

    public Task WarmUpAsync(IAsyncQueryRunner transaction) => write.ExecuteAsync(transaction, ExampleOf(Rows), telemetry);

    private async Task<WriteResult> RunAsync(IAsyncQueryRunner transaction, GraphQuery query, string name, object values)
    {
        var counters = (await query.ExecuteAsync(transaction, new Dictionary<string, object?> { [name] = values }, telemetry)).Counters;
        return new WriteResult { NodesCreated = counters.NodesCreated, RelationshipsCreated = counters.RelationshipsCreated };
    }
}
