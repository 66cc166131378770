using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aspire.Hosting.Processes;

/// <summary>What is needed of libc.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class UnixNative
{
    public const int SigKill = 9;
    public const int SigTerm = 15;

    private const int SigPipe = 13;
    private const int ErrorInterrupted = 4;
    private const int ProcessById = 1;
    private const int WaitExited = 4;
    private const short SpawnSetGroup = 0x02;
    private const short SpawnSetDefaultSignals = 0x04;
    private const short SpawnSetSignalMask = 0x08;

    // More than any libc's posix_spawn_file_actions_t, posix_spawnattr_t, sigset_t or siginfo_t.
    private const int StructureBytes = 1024;

    private static int LeaveWaitable => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    /// <summary>Starts a program in a group of its own, without input, with its output going into two pipes; 0, or an error number.</summary>
    public static int Spawn(out int id, string file, string?[] arguments, string?[] environment, string workingDirectory, SafeHandle output, SafeHandle error)
    {
        var actions = stackalloc byte[StructureBytes];
        var attributes = stackalloc byte[StructureBytes];
        var signals = stackalloc byte[StructureBytes];
        Check(posix_spawn_file_actions_init(actions));
        Check(posix_spawnattr_init(attributes));
        try
        {
            Check(posix_spawn_file_actions_addchdir_np(actions, workingDirectory));
            Check(posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0));
            Check(posix_spawn_file_actions_adddup2(actions, (int)output.DangerousGetHandle(), 1));
            Check(posix_spawn_file_actions_adddup2(actions, (int)error.DangerousGetHandle(), 2));
            // .NET ignores SIGPIPE, and what is ignored stays so in a child.
            _ = sigemptyset(signals);
            Check(posix_spawnattr_setsigmask(attributes, signals));
            _ = sigaddset(signals, SigPipe);
            Check(posix_spawnattr_setsigdefault(attributes, signals));
            Check(posix_spawnattr_setpgroup(attributes, 0));
            Check(posix_spawnattr_setflags(attributes, SpawnSetGroup | SpawnSetDefaultSignals | SpawnSetSignalMask));
            return posix_spawnp(out id, file, actions, attributes, arguments, environment);
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>Waits for the end of a child without forgetting it.</summary>
    public static void WaitUntilExited(int id)
    {
        var info = stackalloc byte[StructureBytes];
        while (waitid(ProcessById, id, info, WaitExited | LeaveWaitable) != 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
        {
            // A signal came in between: wait on.
        }
    }

    /// <summary>Forgets an ended child. Its exit code; 128 + N for an end by signal N; -1 if another has forgotten it.</summary>
    public static int Reap(int id)
    {
        int status, result;
        do
        {
            result = waitpid(id, out status, 0);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted);
        if (result < 0)
            return -1;
        var signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    /// <summary>Sends a signal to a process, or to a group if the id is negative.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int id, int signal);

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawnp(out int pid, string file, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, int mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setpgroup(byte* attributes, int group);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int sigemptyset(byte* signals);

    [LibraryImport("libc")]
    private static partial int sigaddset(byte* signals, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitid(int type, int id, byte* info, int options);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int id, out int status, int options);
}
