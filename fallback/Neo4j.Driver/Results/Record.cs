using System.Collections;

namespace Neo4j.Driver.Results;

internal sealed class Record(RecordKeys keys, object[] values) : IRecord
{
    public IReadOnlyList<string> Keys => keys.Names;

    public IReadOnlyDictionary<string, object> Values => this;

    IEnumerable<string> IReadOnlyDictionary<string, object>.Keys => keys.Names;

    IEnumerable<object> IReadOnlyDictionary<string, object>.Values => values;

    int IReadOnlyCollection<KeyValuePair<string, object>>.Count => values.Length;

    public object this[int index] => values[index];

    public object this[string key] => values[keys[key]];

    public T Get<T>(string key) => values[keys[key]].As<T>();

    public bool TryGet<T>(string key, out T value)
    {
        var found = keys.TryGet(key, out var position);
        value = found ? values[position].As<T>() : default;
        return found;
    }

    public T GetCaseInsensitive<T>(string key) => keys.TryGetIgnoringCase(key, out var position)
        ? values[position].As<T>()
        : throw new KeyNotFoundException($"The result has no column '{key}'.");

    public bool TryGetCaseInsensitive<T>(string key, out T value)
    {
        var found = keys.TryGetIgnoringCase(key, out var position);
        value = found ? values[position].As<T>() : default;
        return found;
    }

    bool IReadOnlyDictionary<string, object>.ContainsKey(string key) => keys.TryGet(key, out _);

    bool IReadOnlyDictionary<string, object>.TryGetValue(string key, out object value) => TryGet(key, out value);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++)
        {
            yield return new KeyValuePair<string, object>(keys.Names[i], values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<string, object>>)this).GetEnumerator();
}
