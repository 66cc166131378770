using System.Globalization;

namespace MovieFriends.Hosting.LocalServers;

/// <summary>
/// Keeps a second AppHost away from a server's folder. The operating system gives the lock back when the process ends, however it ends,
/// so none is ever left behind.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _held;

    private DataFolderLock(FileStream held) => _held = held;

    /// <exception cref="MachineException">Another process holds the folder.</exception>
    public static DataFolderLock Acquire(string folder)
    {
        // Two files, because on Unix a locked file cannot be opened even to read who holds it.
        var owner = Path.Combine(folder, "apphost.pid");
        try
        {
            Directory.CreateDirectory(folder);
            var held = new FileStream(Path.Combine(folder, "apphost.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(held);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || (exception is IOException && !IsInUse(exception)))
        {
            throw new MachineException(
                $"{folder} cannot be written to ({exception.Message}): make it writable or free some space, or set {LocalServersOptions.Section}:{nameof(LocalServersOptions.DataPath)} to another folder.");
        }
        catch (IOException)
        {
            throw new MachineException(
                $"{folder} is in use by another AppHost{Name(owner)}: stop that one, or set {LocalServersOptions.Section}:{nameof(LocalServersOptions.DataPath)} to another folder.");
        }
    }

    public void Dispose() => _held.Dispose();

    // The numbers of Windows, Linux and macOS for a file that another process has locked.
    private static bool IsInUse(Exception exception) => (exception.HResult & 0xFFFF) is 32 or 33 or 11 or 35;

    private static string Name(string owner)
    {
        try
        {
            return $" (process {File.ReadAllText(owner).Trim()})";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
