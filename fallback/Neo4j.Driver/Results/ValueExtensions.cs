using System.Collections;
using System.Globalization;

namespace Neo4j.Driver;

/// <summary>Converts the values of records.</summary>
public static class ValueExtensions
{
    /// <summary>As <see cref="As{T}(object)"/>, with a value to stand for null.</summary>
    public static T As<T>(this object value, T defaultValue) => value is null ? defaultValue : value.As<T>();

    /// <summary>Converts a value of a record: numbers among each other, lists and maps item by item.</summary>
    /// <exception cref="InvalidCastException">There is no conversion, or the value is null and the type has none.</exception>
    /// <exception cref="OverflowException">The number is outside of the type's range.</exception>
    public static T As<T>(this object value)
    {
        if (value is T same)
        {
            return same;
        }

        if (value is null)
        {
            return default(T) is null
                ? default
                : throw new InvalidCastException($"Null cannot be converted to {typeof(T)}.");
        }

        return (T)Convert(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
    }

    private static object Convert(object value, Type target)
    {
        if (target == typeof(string))
        {
            return value.ToString();
        }

        if (value is TemporalValue temporal && target.IsInstanceOfType(temporal.Value))
        {
            return temporal.Value;
        }

        if (value is IConvertible)
        {
            return System.Convert.ChangeType(value, target, CultureInfo.InvariantCulture);
        }

        if (target.IsGenericType && value is IDictionary map && target.IsAssignableTo(typeof(IDictionary)))
        {
            return ConvertMap(map, target);
        }

        if (target.IsGenericType && value is IEnumerable items && target.IsAssignableTo(typeof(IEnumerable)))
        {
            return ConvertList(items, target);
        }

        throw new InvalidCastException($"A {value.GetType()} cannot be converted to {target}.");
    }

    private static IDictionary ConvertMap(IDictionary map, Type target)
    {
        var types = target.GenericTypeArguments;
        var converted = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(types));
        foreach (DictionaryEntry entry in map)
        {
            converted.Add(ConvertItem(entry.Key, types[0]), ConvertItem(entry.Value, types[1]));
        }

        return converted;
    }

    private static IList ConvertList(IEnumerable items, Type target)
    {
        var type = target.GenericTypeArguments[0];
        var converted = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type));
        foreach (var item in items)
        {
            converted.Add(ConvertItem(item, type));
        }

        return converted;
    }

    private static object ConvertItem(object item, Type type)
    {
        if (item is null)
        {
            return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null
                ? null
                : throw new InvalidCastException($"Null cannot be converted to {type}.");
        }

        return type.IsInstanceOfType(item) ? item : Convert(item, Nullable.GetUnderlyingType(type) ?? type);
    }
}
