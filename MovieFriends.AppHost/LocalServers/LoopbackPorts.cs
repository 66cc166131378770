using System.Net;
using System.Net.Sockets;
using MovieFriends.AppHost.Servers;

namespace MovieFriends.AppHost.LocalServers;

/// <summary>
/// Hands out ports of the loopback address, none of them twice. They lie below the range from which operating systems take the
/// ports of outgoing connections, so that none is lost between being chosen here and being opened by a server.
/// </summary>
internal sealed class LoopbackPorts(Random random)
{
    private const int First = 15_000;
    private const int End = 32_000;
    private readonly HashSet<int> given = [];

    /// <summary>A free port.</summary>
    public int Next()
    {
        for (var tries = 0; tries < End - First; tries++)
        {
            var port = random.Next(First, End);
            if (IsFree(port) && given.Add(port))
            {
                return port;
            }
        }

        throw new StartRefusedException($"no port from {First} to {End - 1} is free on {IPAddress.Loopback}");
    }

    /// <summary>The port that was asked for, or a free one.</summary>
    /// <exception cref="StartRefusedException">The port that was asked for is taken.</exception>
    public int Fixed(int? port, string key)
    {
        if (port is not { } wanted)
        {
            return Next();
        }

        return IsFree(wanted) && given.Add(wanted)
            ? wanted
            : throw new StartRefusedException($"{key}: port {wanted} is taken on {IPAddress.Loopback}; name another, or none for a free one");
    }

    /// <summary>Whether something listens on the port.</summary>
    public static async Task<bool> IsOpenAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            listener.Stop();
        }
    }
}
