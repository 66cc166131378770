using System.Net;
using System.Net.Sockets;

namespace MovieFriends.Machine;

/// <summary>
/// Hands out free ports of the loopback address, none of them twice. By default they lie below the range from which operating systems take the
/// ports of outgoing connections, so that none is lost between being chosen here and being opened by a server.
/// </summary>
internal sealed class LoopbackPorts(Random random, int first = 15_000, int end = 32_000)
{
    private readonly HashSet<int> _given = [];

    /// <summary>A free port.</summary>
    /// <exception cref="MachineException">None is free.</exception>
    public int Next()
    {
        for (var tries = 0; tries < end - first; tries++)
        {
            var port = random.Next(first, end);
            if (TryTake(port))
                return port;
        }

        throw new MachineException($"No port from {first} to {end - 1} is free on {IPAddress.Loopback}: end the programs that hold them.");
    }

    /// <summary>The port that was asked for, or a free one.</summary>
    /// <exception cref="MachineException">The port that was asked for is taken.</exception>
    public int Fixed(int? port, string key)
    {
        if (port is not { } wanted)
            return Next();

        return TryTake(wanted)
            ? wanted
            : throw new MachineException($"{key} = '{wanted}': this port is taken on {IPAddress.Loopback}; name another, or none for a free one.");
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

    private bool TryTake(int port)
    {
        lock (_given)
            return !_given.Contains(port) && IsFree(port) && _given.Add(port);
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
