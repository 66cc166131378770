namespace MovieFriends.Hosting.LocalServers.Neo4j;

/// <summary>Memory of a local database in MiB: as configured, or else as it suits the machine.</summary>
internal sealed record Neo4jMemory(int HeapMegabytes, int PageCacheMegabytes)
{
    public static Neo4jMemory For(LocalNeo4jOptions options, long machineMegabytes) => new(
        options.HeapMegabytes ?? MachineMemory.Neo4jHeapMegabytes(machineMegabytes),
        options.PageCacheMegabytes ?? MachineMemory.Neo4jPageCacheMegabytes(machineMegabytes));
}
