namespace Neo4j.Driver.PackStream;

/// <summary>Decodes dates, times and durations.</summary>
internal static class TemporalReader
{
    public static object Read(ref PackStreamReader reader, byte tag) => (char)tag switch
    {
        'D' => LocalDate.FromEpochDay(reader.ReadInteger()),
        't' => LocalTime.FromNanosecondOfDay(reader.ReadInteger()),
        'T' => new OffsetTime(LocalTime.FromNanosecondOfDay(reader.ReadInteger()), (int)reader.ReadInteger()),
        'd' => LocalDateTime.FromEpoch(reader.ReadInteger(), (int)reader.ReadInteger()),
        'I' => new ZonedDateTime(reader.ReadInteger(), (int)reader.ReadInteger(), Zone.Of((int)reader.ReadInteger())),
        'i' => new ZonedDateTime(reader.ReadInteger(), (int)reader.ReadInteger(), Zone.Of(reader.ReadString())),
        'F' => ZonedDateTime.FromLocal(reader.ReadInteger(), (int)reader.ReadInteger(), Zone.Of((int)reader.ReadInteger())),
        'f' => ZonedDateTime.FromLocal(reader.ReadInteger(), (int)reader.ReadInteger(), Zone.Of(reader.ReadString())),
        'E' => new Duration(reader.ReadInteger(), reader.ReadInteger(), reader.ReadInteger(), (int)reader.ReadInteger()),
        'X' or 'Y' => throw new ProtocolException(
            "The server sent a point; this build of the driver lacks spatial values. Return its coordinates, or build with the official Neo4j.Driver package."),
        _ => throw new ProtocolException($"The server sent a structure with the unknown tag 0x{tag:X2}."),
    };
}
