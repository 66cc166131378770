namespace Neo4j.Driver;

/// <summary>The records of a query, in order, fetched as they are read; then its summary.</summary>
public interface IResultCursor : IAsyncEnumerable<IRecord>
{
    /// <summary>The record fetched last; null after the end.</summary>
    IRecord Current { get; }

    /// <summary>Whether records can still be read.</summary>
    bool IsOpen { get; }

    Task<string[]> KeysAsync();

    /// <summary>Drops the records not read and gives the summary.</summary>
    Task<IResultSummary> ConsumeAsync();

    /// <summary>The next record without taking it; null at the end.</summary>
    Task<IRecord> PeekAsync();

    /// <returns>False at the end.</returns>
    Task<bool> FetchAsync();
}
