namespace MovieFriends.Hosting.LocalServers;

/// <summary>
/// The lock file by which a server keeps its data folder to itself. A server that an AppHost has just left behind holds it until it has
/// shut down, and a new one that finds it held gives up.
/// </summary>
internal static class ServerLockFile
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until no process holds any of the lock files of that name below the folder.</summary>
    /// <exception cref="DistributedApplicationException">One is still held after a minute.</exception>
    public static async Task WaitUntilFreeAsync(string folder, string name, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(s_timeout);
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories))
            {
                while (IsHeld(path))
                {
                    await Task.Delay(s_pause, waiting.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"{folder} is still in use by a server of an earlier start. Stop that process.");
        }
    }

    private static bool IsHeld(string path)
    {
        if (OperatingSystem.IsMacOS())
        {
            // .NET has no record locks there, which are the kind that Java takes.
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            file.Lock(0, 1);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
