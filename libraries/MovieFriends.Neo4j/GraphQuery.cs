using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>A Cypher statement with the low-cardinality summary that names its span.</summary>
/// <param name="Summary">Operation and target, for example <c>CREATE DailyCharge</c>.</param>
/// <param name="Text">The parameterised statement.</param>
public sealed record GraphQuery(string Summary, string Text)
{
    /// <summary>Runs the statement to its end, traced and measured, and gives its summary.</summary>
    public async Task<IResultSummary> ExecuteAsync(IAsyncQueryRunner runner, IDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(runner);
        using var operation = Neo4jTelemetry.Start(this);
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

    /// <summary>Runs the statement, traced and measured, and gives all its records.</summary>
    public async Task<List<IRecord>> ListAsync(IAsyncQueryRunner runner, IDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(runner);
        using var operation = Neo4jTelemetry.Start(this);
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
