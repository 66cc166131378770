namespace Neo4j.Driver.Types;

/// <summary>
/// The proleptic Gregorian calendar over the years that the database knows, -999,999,999 to 999,999,999; the system's
/// covers 1 to 9999 only.
/// </summary>
internal static class Calendar
{
    public const int SecondsPerDay = 86_400;
    public const long NanosPerSecond = 1_000_000_000;
    private const int DaysPerEra = 146_097;
    private const int DaysFromEraToEpoch = 719_468;

    public static long ToEpochDay(int year, int month, int day)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)year), 999_999_999, nameof(year));
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        ArgumentOutOfRangeException.ThrowIfLessThan(day, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, DaysIn(year, month));

        // Years that begin in March put the leap day at their end; 400 of them are an era.
        long marchYear = month <= 2 ? year - 1L : year;
        var era = FloorDivide(marchYear, 400);
        var yearOfEra = marchYear - era * 400;
        var dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * DaysPerEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - DaysFromEraToEpoch;
    }

    public static (int Year, int Month, int Day) FromEpochDay(long epochDay)
    {
        var days = epochDay + DaysFromEraToEpoch;
        var era = FloorDivide(days, DaysPerEra);
        var dayOfEra = days - era * DaysPerEra;
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var marchMonth = (5 * dayOfYear + 2) / 153;
        var day = (int)(dayOfYear - (153 * marchMonth + 2) / 5 + 1);
        var month = (int)(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9);
        return (checked((int)(yearOfEra + era * 400 + (month <= 2 ? 1 : 0))), month, day);
    }

    public static long FloorDivide(long value, long divisor) => (value - Modulo(value, divisor)) / divisor;

    public static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;

    private static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
