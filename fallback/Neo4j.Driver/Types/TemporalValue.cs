using System.Globalization;

namespace Neo4j.Driver;

/// <summary>A date, time or duration of the database. Converts to the system's types where it fits into them.</summary>
public abstract class TemporalValue : IConvertible
{
    private protected TemporalValue()
    {
    }

    TypeCode IConvertible.GetTypeCode() => TypeCode.Object;

    bool IConvertible.ToBoolean(IFormatProvider provider) => throw Unfit(typeof(bool));

    char IConvertible.ToChar(IFormatProvider provider) => throw Unfit(typeof(char));

    sbyte IConvertible.ToSByte(IFormatProvider provider) => throw Unfit(typeof(sbyte));

    byte IConvertible.ToByte(IFormatProvider provider) => throw Unfit(typeof(byte));

    short IConvertible.ToInt16(IFormatProvider provider) => throw Unfit(typeof(short));

    ushort IConvertible.ToUInt16(IFormatProvider provider) => throw Unfit(typeof(ushort));

    int IConvertible.ToInt32(IFormatProvider provider) => throw Unfit(typeof(int));

    uint IConvertible.ToUInt32(IFormatProvider provider) => throw Unfit(typeof(uint));

    long IConvertible.ToInt64(IFormatProvider provider) => throw Unfit(typeof(long));

    ulong IConvertible.ToUInt64(IFormatProvider provider) => throw Unfit(typeof(ulong));

    float IConvertible.ToSingle(IFormatProvider provider) => throw Unfit(typeof(float));

    double IConvertible.ToDouble(IFormatProvider provider) => throw Unfit(typeof(double));

    decimal IConvertible.ToDecimal(IFormatProvider provider) => throw Unfit(typeof(decimal));

    DateTime IConvertible.ToDateTime(IFormatProvider provider) => ConvertToDateTime();

    string IConvertible.ToString(IFormatProvider provider) => ToString();

    object IConvertible.ToType(Type conversionType, IFormatProvider provider) =>
        conversionType == typeof(DateTime) ? ConvertToDateTime()
        : conversionType == typeof(DateTimeOffset) ? ConvertToDateTimeOffset()
        : conversionType == typeof(TimeSpan) ? ConvertToTimeSpan()
        : conversionType == typeof(string) ? ToString()
        : throw Unfit(conversionType);

    /// <exception cref="InvalidCastException">The value is no date and time of day.</exception>
    protected virtual DateTime ConvertToDateTime() => throw Unfit(typeof(DateTime));

    /// <exception cref="InvalidCastException">The value is no date and time of day with an offset.</exception>
    protected virtual DateTimeOffset ConvertToDateTimeOffset() => throw Unfit(typeof(DateTimeOffset));

    /// <exception cref="InvalidCastException">The value is no time of day.</exception>
    protected virtual TimeSpan ConvertToTimeSpan() => throw Unfit(typeof(TimeSpan));

    private protected static string Fraction(int nanosecond) =>
        nanosecond == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{nanosecond:D9}");

    private protected static void EnsureTicks(int nanosecond, Type target)
    {
        if (nanosecond % TimeSpan.NanosecondsPerTick != 0)
        {
            throw new ValueTruncationException($"{nanosecond} ns cannot be represented exactly in a {target.Name}, which counts in 100 ns.");
        }
    }

    private protected static void EnsureYear(int year, Type target)
    {
        if (year is < 1 or > 9999)
        {
            throw new ValueOverflowException($"The year {year} is outside of what a {target.Name} can represent.");
        }
    }

    private InvalidCastException Unfit(Type type) => new($"A {GetType().Name} cannot be converted to {type.FullName}.");
}
