using System.Globalization;
using Neo4j.Driver.Types;

namespace Neo4j.Driver;

/// <summary>A date without a time zone: <c>DATE</c> in Cypher.</summary>
public sealed class LocalDate : TemporalValue, IEquatable<LocalDate>, IComparable<LocalDate>
{
    public LocalDate(DateTime date) : this(date.Year, date.Month, date.Day)
    {
    }

    public LocalDate(DateOnly date) : this(date.Year, date.Month, date.Day)
    {
    }

    public LocalDate(int year, int month, int day)
    {
        EpochDay = Types.Calendar.ToEpochDay(year, month, day);
        (Year, Month, Day) = (year, month, day);
    }

    private LocalDate(long epochDay)
    {
        EpochDay = epochDay;
        (Year, Month, Day) = Types.Calendar.FromEpochDay(epochDay);
    }

    public int Year { get; }

    public int Month { get; }

    public int Day { get; }

    internal long EpochDay { get; }

    /// <exception cref="ValueOverflowException">The year is outside of 1 to 9999.</exception>
    public DateTime ToDateTime()
    {
        EnsureYear(Year, typeof(DateTime));
        return new DateTime(Year, Month, Day);
    }

    /// <exception cref="ValueOverflowException">The year is outside of 1 to 9999.</exception>
    public DateOnly ToDateOnly()
    {
        EnsureYear(Year, typeof(DateOnly));
        return new DateOnly(Year, Month, Day);
    }

    public int CompareTo(LocalDate other) => other is null ? 1 : EpochDay.CompareTo(other.EpochDay);

    public bool Equals(LocalDate other) => other is not null && EpochDay == other.EpochDay;

    public override bool Equals(object obj) => Equals(obj as LocalDate);

    public override int GetHashCode() => EpochDay.GetHashCode();

    /// <summary>ISO 8601.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}");

    internal static LocalDate FromEpochDay(long epochDay) => new(epochDay);

    protected override DateTime ConvertToDateTime() => ToDateTime();
}
