namespace Neo4j.Driver.ExecuteQuery;

/// <summary>What a record becomes; null where a filter drops it.</summary>
internal sealed record Item<T>(T Value);
