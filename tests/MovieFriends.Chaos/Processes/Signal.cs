using System.Runtime.InteropServices;

namespace MovieFriends.Chaos.Processes;

/// <summary>Sends signals to processes, by their id alone.</summary>
internal static partial class Signal
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    // Linux and macOS number these two differently.
    private static int SigStop => OperatingSystem.IsLinux() ? 19 : 17;

    private static int SigContinue => OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>Ends a process without any warning, also one that is stopped.</summary>
    public static void Kill(int pid) => Send(pid, SigKill);

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int pid) => Send(pid, SigTerm);

    /// <summary>Stops a process where it is; its connections stay.</summary>
    public static void Pause(int pid) => Send(pid, SigStop);

    /// <summary>Lets a stopped process go on.</summary>
    public static void Continue(int pid) => Send(pid, SigContinue);

    private static void Send(int pid, int signal)
    {
        // 0 and negative ids are whole groups.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pid);
        _ = KillNative(pid, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int KillNative(int pid, int signal);
}
