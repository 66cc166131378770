using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Aspire.Hosting.Processes;

/// <summary>A process by id and start time. The id alone may belong to another by the time one looks.</summary>
internal sealed record ProcessIdentity(
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("startTime")] DateTime StartTime)
{
    // Systems report the start in ticks of their own, counted from a boot time that is itself computed.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);

    public static ProcessIdentity Current { get; } = new(Environment.ProcessId, StartTimeOf(Environment.ProcessId) ?? DateTime.UtcNow);

    [JsonIgnore]
    public bool IsAlive => StartTimeOf(Pid) is { } start && (start - StartTime).Duration() < s_tolerance && !IsZombie(Pid);

    /// <summary>When a process was started, in UTC; null if there is none, or it is none of ours.</summary>
    public static DateTime? StartTimeOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime();
        }
        catch (Exception ex) when (ex is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    // An ended process whose new parent never looks at it: found where a container runs without an init.
    private static bool IsZombie(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
