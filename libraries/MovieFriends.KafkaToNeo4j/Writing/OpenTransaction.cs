using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Writing;

/// <summary>A transaction of the graph. Disposing takes it back, unless it was committed.</summary>
internal abstract class OpenTransaction : IAsyncDisposable
{
    /// <summary>What the application's writer runs its statements on.</summary>
    public abstract IAsyncQueryRunner Runner { get; }

    /// <summary>Runs a statement and gives the values of its records.</summary>
    public abstract Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ListAsync(GraphQuery query, IDictionary<string, object?> parameters);

    /// <summary>Runs a statement.</summary>
    public abstract Task ExecuteAsync(GraphQuery query, IDictionary<string, object?> parameters);

    public abstract Task CommitAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>A transaction of the driver with the session that it has for itself.</summary>
internal sealed class DriverTransaction(IAsyncSession session, IAsyncTransaction transaction, Neo4jTelemetry telemetry) : OpenTransaction
{
    public override IAsyncQueryRunner Runner => transaction;

    public override Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ListAsync(GraphQuery query, IDictionary<string, object?> parameters) =>
        ListAsync(query, transaction, parameters, telemetry);

    public override Task ExecuteAsync(GraphQuery query, IDictionary<string, object?> parameters) => query.ExecuteAsync(transaction, parameters, telemetry);

    public override Task CommitAsync() => transaction.CommitAsync();

    public override async ValueTask DisposeAsync()
    {
        // A transaction that cannot be taken back must not keep its connection.
        await using var left = session;
        await transaction.DisposeAsync();
    }

    internal static async Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ListAsync(
        GraphQuery query, IAsyncQueryRunner runner, IDictionary<string, object?> parameters, Neo4jTelemetry telemetry) =>
        (await query.ListAsync(runner, parameters, telemetry)).ConvertAll(record => record.Values);
}
