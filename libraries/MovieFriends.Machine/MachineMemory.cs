namespace MovieFriends.Machine;

/// <summary>Memory for the database, from what the machine (or the container that the AppHost runs in) has.</summary>
internal static class MachineMemory
{
    private const long Megabyte = 1024 * 1024;

    public static long TotalMegabytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Megabyte;

    /// <summary>An eighth of the machine, between 1 and 2 GiB; a quarter where even 1 GiB would be too much.</summary>
    public static int Neo4jHeapMegabytes(long totalMegabytes) =>
        (int)Math.Min(totalMegabytes / 4, Math.Clamp(totalMegabytes / 8, 1024, 2048));

    /// <summary>
    /// An eighth of the machine, between 256 MiB and 4 GiB: what does not fit is read again and again. The server takes it as it needs it.
    /// </summary>
    public static int Neo4jPageCacheMegabytes(long totalMegabytes) => (int)Math.Clamp(totalMegabytes / 8, 256, 4096);
}
