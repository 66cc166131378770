using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MovieFriends.Machine;

/// <summary>Sends signals to single processes, by their id.</summary>
internal static partial class Signals
{
    private const int SigInt = 2;
    private const int SigKill = 9;
    private const int SigTerm = 15;

    // Linux and macOS number these two differently.
    private static int SigStop => OperatingSystem.IsLinux() ? 19 : 17;

    private static int SigContinue => OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>Sends SIGTERM; where there are no signals, the process gets no such request and this returns false.</summary>
    public static bool TryTerminate(Process process) => TrySend(process, SigTerm);

    /// <summary>The same with SIGINT, as Ctrl-C does.</summary>
    public static bool TryInterrupt(Process process) => TrySend(process, SigInt);

    /// <summary>Ends a process without any warning, also one that is stopped.</summary>
    public static void Kill(int pid) => Send(pid, SigKill);

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int pid) => Send(pid, SigTerm);

    /// <summary>Stops a process where it is; its connections stay.</summary>
    public static void Pause(int pid) => Send(pid, SigStop);

    /// <summary>Lets a stopped process go on.</summary>
    public static void Continue(int pid) => Send(pid, SigContinue);

    private static bool TrySend(Process process, int signal) => !OperatingSystem.IsWindows() && !process.HasExited && Send(process.Id, signal);

    private static bool Send(int pid, int signal)
    {
        // 0 and negative ids are whole groups.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pid);
        return KillNative(pid, signal) == 0;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int KillNative(int pid, int signal);
}
