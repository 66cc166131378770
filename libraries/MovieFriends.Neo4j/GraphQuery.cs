using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>A Cypher statement with the low-cardinality summary that names its span.</summary>
/// <param name="Summary">Operation and target, for example <c>CREATE DailyCharge</c>.</param>
/// <param name="Text">The parameterised statement.</param>
public sealed record GraphQuery(string Summary, string Text)
{
    /// <summary>Runs the statement to its end and gives its summary.</summary>
    /// <param name="runner">A session or a transaction.</param>
    /// <param name="parameters">The parameters that the text names.</param>
    /// <param name="telemetry">That of the driver; it gets a span and a duration.</param>
    /// <exception cref="Neo4jException">The database does not answer, or refuses.</exception>
    public async Task<IResultSummary> ExecuteAsync(IAsyncQueryRunner runner, IDictionary<string, object?> parameters, Neo4jTelemetry telemetry)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(telemetry);
        using var operation = telemetry.Start(this);
        try
        {
            var cursor = await runner.RunAsync(Text, parameters);
            var summary = await cursor.ConsumeAsync();
            operation.Complete(summary);
            return summary;
        }
        catch (Exception exception)
        {
            operation.Fail(exception);
            throw;
        }
    }

    /// <summary>Runs the statement and gives all its records.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<List<IRecord>> ListAsync(IAsyncQueryRunner runner, IDictionary<string, object?> parameters, Neo4jTelemetry telemetry)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(telemetry);
        using var operation = telemetry.Start(this);
        try
        {
            var cursor = await runner.RunAsync(Text, parameters);
            var records = await cursor.ToListAsync();
            if (operation.IsRecorded)
                operation.Complete(await cursor.ConsumeAsync());
            return records;
        }
        catch (Exception exception)
        {
            operation.Fail(exception);
            throw;
        }
    }
}
