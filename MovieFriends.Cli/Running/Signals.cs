using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MovieFriends.Cli.Running;

/// <summary>Asks a process to stop in its own time.</summary>
internal static partial class Signals
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM; where there are no signals, the process gets no such request and this returns false.</summary>
    public static bool TryTerminate(Process process) => TrySend(process, Terminate);

    /// <summary>The same with SIGINT, as Ctrl-C does.</summary>
    public static bool TryInterrupt(Process process) => TrySend(process, Interrupt);

    private static bool TrySend(Process process, int signal) =>
        !OperatingSystem.IsWindows() && !process.HasExited && Kill(process.Id, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
