using System.Net.Sockets;
using System.Net;

namespace Aspire.Hosting.Processes;

/// <summary>Finds free ports on the loopback.</summary>
internal static class LoopbackPort
{
    // Below the ports that systems give to outgoing connections: one of those could take a port
    // between its choice and the moment a slow server listens on it.
    private const int First = 18_000;
    private const int Last = 32_000;
    private const int Attempts = 200;

    private static readonly Lock s_lock = new();
    private static readonly HashSet<int> s_given = [];

    /// <exception cref="DistributedApplicationException">None was found.</exception>
    public static int Next()
    {
        lock (s_lock)
        {
            for (var i = 0; i < Attempts; i++)
            {
                var port = Random.Shared.Next(First, Last);
                if (!s_given.Contains(port) && IsFree(port))
                {
                    s_given.Add(port);
                    return port;
                }
            }
        }
        throw new DistributedApplicationException($"No free port was found between {First} and {Last}.");
    }

    public static bool IsFree(int port) =>
        CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException ex)
        {
            // A system may have IPv6 and yet no such loopback.
            return ex.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
