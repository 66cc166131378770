using MovieFriends.AppHost.LocalServers.Java;

namespace MovieFriends.AppHost.LocalServers;

/// <summary>What the local servers share.</summary>
/// <param name="DataPath">Every server has a folder of its own in it, named after product and version.</param>
internal sealed record LocalServerHost(JavaRuntime Java, LoopbackPorts Ports, string DataPath)
{
    /// <summary>The only address that local servers listen on. Not <c>localhost</c>, which may mean <c>::1</c> as well.</summary>
    public const string Address = "127.0.0.1";

    public string Folder(string product, string version) => Path.Combine(DataPath, $"{product}-{version}");
}
