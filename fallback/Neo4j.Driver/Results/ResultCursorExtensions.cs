namespace Neo4j.Driver;

/// <summary>Reads whole results.</summary>
public static class ResultCursorExtensions
{
    /// <exception cref="InvalidOperationException">There is not exactly one record.</exception>
    public static Task<IRecord> SingleAsync(this IResultCursor result) => result.SingleAsync(record => record);

    /// <inheritdoc cref="SingleAsync(IResultCursor)"/>
    public static async Task<T> SingleAsync<T>(this IResultCursor result, Func<IRecord, T> operation)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!await result.FetchAsync().ConfigureAwait(false))
        {
            throw new InvalidOperationException("The result is empty.");
        }

        var record = result.Current;
        if (await result.FetchAsync().ConfigureAwait(false))
        {
            throw new InvalidOperationException("The result contains more than one element.");
        }

        return operation(record);
    }

    public static async Task<List<IRecord>> ToListAsync(
        this IResultCursor result,
        int initialCapacity = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        var records = new List<IRecord>(Math.Max(initialCapacity, 0));
        await foreach (var record in result.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
        }

        return records;
    }

    public static Task<List<IRecord>> ToListAsync(this IResultCursor result, CancellationToken cancellationToken) =>
        result.ToListAsync(0, cancellationToken);

    public static async Task<List<T>> ToListAsync<T>(this IResultCursor result, Func<IRecord, T> operation, int initialCapacity = 0)
    {
        ArgumentNullException.ThrowIfNull(result);
        var items = new List<T>(Math.Max(initialCapacity, 0));
        await foreach (var record in result.ConfigureAwait(false))
        {
            items.Add(operation(record));
        }

        return items;
    }

    public static async Task<IResultSummary> ForEachAsync(this IResultCursor result, Action<IRecord> operation)
    {
        ArgumentNullException.ThrowIfNull(result);
        await foreach (var record in result.ConfigureAwait(false))
        {
            operation(record);
        }

        return await result.ConsumeAsync().ConfigureAwait(false);
    }
}
