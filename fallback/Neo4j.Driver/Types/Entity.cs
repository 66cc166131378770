namespace Neo4j.Driver.Types;

/// <summary>What nodes and relationships have in common.</summary>
internal abstract class Entity(long id, string elementId, IReadOnlyDictionary<string, object> properties)
{
    public long Id => id;

    public string ElementId => elementId;

    public IReadOnlyDictionary<string, object> Properties => properties;

    public object this[string key] => properties[key];

    public T Get<T>(string key) => properties[key].As<T>();

    public bool TryGet<T>(string key, out T value)
    {
        var found = properties.TryGetValue(key, out var property);
        value = found ? property.As<T>() : default;
        return found;
    }

    public override int GetHashCode() => elementId.GetHashCode(StringComparison.Ordinal);
}
