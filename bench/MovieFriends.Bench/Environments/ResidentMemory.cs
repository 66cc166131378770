using System.Diagnostics;
using System.Globalization;

namespace MovieFriends.Bench.Environments;

/// <summary>What a process has in memory, in bytes.</summary>
/// <param name="Now">At this moment.</param>
/// <param name="Peak">The most that it ever had.</param>
internal sealed record ResidentMemory(long Now, long Peak)
{
    private const int BytesOfKiB = 1 << 10;

    /// <summary>Asks the operating system.</summary>
    /// <returns>Null if there is no such process any more.</returns>
    public static ResidentMemory? Read(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return Parse(File.ReadLines($"/proc/{pid}/status"));
            using var process = Process.GetProcessById(pid);
            return new ResidentMemory(process.WorkingSet64, process.PeakWorkingSet64);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads Linux's account of a process.</summary>
    /// <returns>Null if it has no memory: the process has ended, and nobody has asked how.</returns>
    public static ResidentMemory? Parse(IEnumerable<string> status)
    {
        long? now = null, peak = null;
        foreach (var line in status)
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                now = Bytes(line);
            else if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                peak = Bytes(line);
        }

        return now is { } n && peak is { } p ? new ResidentMemory(n, p) : null;
    }

    // For example "VmRSS:	  104512 kB".
    private static long Bytes(string line) =>
        long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * BytesOfKiB;
}
