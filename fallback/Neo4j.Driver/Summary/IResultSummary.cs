namespace Neo4j.Driver;

/// <summary>What is known about a query after its last record.</summary>
public interface IResultSummary
{
    Query Query { get; }

    ICounters Counters { get; }

    QueryType QueryType { get; }

    bool HasPlan { get; }

    /// <summary>Null unless the query began with EXPLAIN or PROFILE.</summary>
    IPlan Plan { get; }

    /// <summary>Null if the server sent none.</summary>
    IList<INotification> Notifications { get; }

    /// <summary>Milliseconds until the first record was ready; -1 ms where the server does not say.</summary>
    TimeSpan ResultAvailableAfter { get; }

    /// <summary>Milliseconds from then until the last; -1 ms where the server does not say.</summary>
    TimeSpan ResultConsumedAfter { get; }

    IServerInfo Server { get; }

    IDatabaseInfo Database { get; }
}
