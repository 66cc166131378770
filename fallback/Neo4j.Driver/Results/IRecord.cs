namespace Neo4j.Driver;

/// <summary>A row of a result.</summary>
public interface IRecord : IReadOnlyDictionary<string, object>
{
    object this[int index] { get; }

    new IReadOnlyDictionary<string, object> Values { get; }

    new IReadOnlyList<string> Keys { get; }

    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    T Get<T>(string key);

    bool TryGet<T>(string key, out T value);

    /// <inheritdoc cref="Get{T}"/>
    T GetCaseInsensitive<T>(string key);

    bool TryGetCaseInsensitive<T>(string key, out T value);
}
