namespace Neo4j.Driver.PackStream;

/// <summary>Encodes dates, times and durations.</summary>
internal static class StructureWriter
{
    /// <exception cref="ProtocolException">The type cannot be sent.</exception>
    public static void Write(ValueWriter values, PackStreamWriter writer, object value, bool utc)
    {
        switch (value)
        {
            case DateTime { Kind: DateTimeKind.Utc } time: values.Write(new ZonedDateTime(new DateTimeOffset(time))); break;
            case DateTime time: values.Write(new LocalDateTime(time)); break;
            case DateTimeOffset time: values.Write(new ZonedDateTime(time)); break;
            case DateOnly date: values.Write(new LocalDate(date)); break;
            case TimeOnly time: values.Write(new LocalTime(time)); break;
            case TimeSpan time when time < TimeSpan.Zero || time.Ticks >= TimeSpan.TicksPerDay:
                throw new ProtocolException($"A time span is sent as a time of day, which {time} is not.");
            case TimeSpan time: values.Write(new LocalTime(time)); break;
            case LocalDate date:
                writer.WriteStructureHeader(1, (byte)'D');
                writer.WriteInteger(date.EpochDay);
                break;
            case LocalTime time:
                writer.WriteStructureHeader(1, (byte)'t');
                writer.WriteInteger(time.NanosecondOfDay);
                break;
            case OffsetTime time:
                writer.WriteStructureHeader(2, (byte)'T');
                writer.WriteInteger(time.Time.NanosecondOfDay);
                writer.WriteInteger(time.OffsetSeconds);
                break;
            case LocalDateTime time:
                writer.WriteStructureHeader(2, (byte)'d');
                writer.WriteInteger(time.EpochSecond);
                writer.WriteInteger(time.Nanosecond);
                break;
            case ZonedDateTime time:
                WriteZoned(writer, time, utc);
                break;
            case Duration duration:
                writer.WriteStructureHeader(4, (byte)'E');
                writer.WriteInteger(duration.Months);
                writer.WriteInteger(duration.Days);
                writer.WriteInteger(duration.Seconds);
                writer.WriteInteger(duration.Nanos);
                break;
            default:
                throw new ProtocolException($"A value of type {value.GetType().FullName} cannot be sent to the server.");
        }
    }

    private static void WriteZoned(PackStreamWriter writer, ZonedDateTime time, bool utc)
    {
        var seconds = utc ? time.UtcSeconds : time.UtcSeconds + time.OffsetSeconds;
        switch (time.Zone)
        {
            case ZoneOffset offset:
                writer.WriteStructureHeader(3, utc ? (byte)'I' : (byte)'F');
                writer.WriteInteger(seconds);
                writer.WriteInteger(time.Nanosecond);
                writer.WriteInteger(offset.OffsetSeconds);
                break;
            case ZoneId zone:
                writer.WriteStructureHeader(3, utc ? (byte)'i' : (byte)'f');
                writer.WriteInteger(seconds);
                writer.WriteInteger(time.Nanosecond);
                writer.WriteString(zone.Id);
                break;
            default:
                throw new ProtocolException($"A zone of type {time.Zone?.GetType().FullName ?? "null"} cannot be sent to the server.");
        }
    }
}
