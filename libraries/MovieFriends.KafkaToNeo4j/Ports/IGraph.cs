using MovieFriends.KafkaToNeo4j.Writing;
using MovieFriends.Neo4j;
using Neo4j.Driver;

namespace MovieFriends.KafkaToNeo4j.Ports;

/// <summary>The graph, as narrow as it is used. Failures are those of the driver.</summary>
internal interface IGraph
{
    /// <summary>Opens a transaction.</summary>
    /// <param name="limit">The time after which the database ends it; zero leaves that to the database.</param>
    Task<OpenTransaction> BeginAsync(TimeSpan limit);

    /// <summary>Runs a statement in a transaction of its own.</summary>
    /// <returns>The values of its records.</returns>
    Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ReadAsync(GraphQuery query, IDictionary<string, object?> parameters);
}

/// <summary>The real graph.</summary>
internal sealed class DriverGraph(IDriver driver, Neo4jDriverSettings settings, Neo4jTelemetry telemetry) : IGraph
{
    public async Task<OpenTransaction> BeginAsync(TimeSpan limit)
    {
        var session = Session();
        try
        {
            return new DriverTransaction(session, await session.BeginTransactionAsync(limit > TimeSpan.Zero ? t => t.WithTimeout(limit) : null), telemetry);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> ReadAsync(GraphQuery query, IDictionary<string, object?> parameters)
    {
        await using var session = Session();
        return await DriverTransaction.ListAsync(query, session, parameters, telemetry);
    }

    private IAsyncSession Session() => driver.AsyncSession(o => GraphSchema.ForDatabase(o, settings.Database));
}
