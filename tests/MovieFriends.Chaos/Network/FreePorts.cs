using System.Net;
using System.Net.Sockets;

namespace MovieFriends.Chaos.Network;

/// <summary>
/// Free ports of the loopback address, none of them twice. They lie below the range from which operating systems take the ports of
/// outgoing connections, so that a link that is cut finds its own port free when it is restored.
/// </summary>
internal static class FreePorts
{
    private const int First = 10_000;
    private const int End = 15_000;
    private static readonly HashSet<int> s_given = [];

    public static int Next()
    {
        for (; ; )
        {
            var port = Random.Shared.Next(First, End);
            lock (s_given)
            {
                if (!s_given.Contains(port) && IsFree(port) && s_given.Add(port))
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
