using System.Globalization;

namespace MovieFriends.Machine;

/// <summary>When a process started by a clock that nobody sets.</summary>
internal static class ProcessAge
{
    // Counted from the state, which comes behind the name: field 22 of proc(5).
    private const int StartField = 19;

    /// <summary>Clock ticks from the machine's start to that of the process.</summary>
    /// <returns>Null where the system does not tell, or if there is no such process.</returns>
    public static long? Ticks(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        try
        {
            // The name stands in parentheses, and may have spaces and parentheses of its own.
            var line = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > StartField && long.TryParse(fields[StartField], CultureInfo.InvariantCulture, out var ticks) ? ticks : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
