using System.Collections;

namespace Neo4j.Driver;

/// <summary>Makes the parameters of a query out of an object's properties.</summary>
internal static class ParameterMap
{
    /// <returns>Null for null.</returns>
    public static IDictionary<string, object> Of(object source) => source switch
    {
        null => null,
        Dictionary<string, object> dictionary => dictionary,
        IEnumerable<KeyValuePair<string, object>> entries => new Dictionary<string, object>(entries),
        _ => FromProperties(source),
    };

    private static Dictionary<string, object> FromProperties(object source)
    {
        var map = new Dictionary<string, object>();
        foreach (var property in source.GetType().GetProperties())
        {
            map[property.Name] = Convert(property.GetValue(source));
        }

        return map;
    }

    private static object Convert(object value) => value switch
    {
        null or string => value,
        IDictionary map => ConvertMap(map),
        IEnumerable items => IsPlain(ItemType(items.GetType())) ? items : ConvertList(items),
        TemporalValue or Duration or Point => value,
        _ => value.GetType().IsValueType ? value : FromProperties(value),
    };

    private static Dictionary<string, object> ConvertMap(IDictionary map)
    {
        var converted = new Dictionary<string, object>(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            var key = entry.Key as string
                ?? throw new InvalidOperationException("A map among the parameters of a query has strings as keys.");
            converted[key] = Convert(entry.Value);
        }

        return converted;
    }

    private static List<object> ConvertList(IEnumerable items)
    {
        var converted = new List<object>();
        foreach (var item in items)
        {
            converted.Add(Convert(item));
        }

        return converted;
    }

    // Columns of values stay as they are: they need no conversion, and are written without boxing.
    private static bool IsPlain(Type type) =>
        type is not null && (type.IsValueType || type == typeof(string));

    private static Type ItemType(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(List<>) || definition == typeof(ArraySegment<>) ? type.GenericTypeArguments[0] : null;
    }
}
