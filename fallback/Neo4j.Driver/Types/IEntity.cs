namespace Neo4j.Driver;

/// <summary>A node or a relationship.</summary>
public interface IEntity
{
    /// <exception cref="KeyNotFoundException">There is no such property.</exception>
    object this[string key] { get; }

    IReadOnlyDictionary<string, object> Properties { get; }

    [Obsolete("Replaced with ElementId, will be removed in 6.0")]
    long Id { get; }

    string ElementId { get; }

    T Get<T>(string key);

    bool TryGet<T>(string key, out T value);
}
