namespace MovieFriends.Chaos.Network;

/// <summary>
/// Free ports for links, none of them twice: others than those of local servers, and below the range of outgoing connections, so that a link
/// that is cut finds its own port free when it is restored.
/// </summary>
internal static class FreePorts
{
    private static readonly LoopbackPorts s_ports = new(Random.Shared, first: 10_000, end: 15_000);

    public static int Next() => s_ports.Next();
}
