using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace MovieFriends.Chaos.Network;

/// <summary>One client's connection through a <see cref="TcpProxy"/>.</summary>
internal sealed class ProxyConnection(TcpProxy proxy, Socket client) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private volatile bool _aborted;

    public bool IsAborted => _aborted;

    /// <summary>Passes bytes until either side ends.</summary>
    public async Task RunAsync(int targetPort, CancellationToken cancellationToken)
    {
        try
        {
            client.NoDelay = _server.NoDelay = true;
            await _server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, targetPort), cancellationToken);
            await Task.WhenAll(
                PumpAsync(client, _server, Direction.ToServer, cancellationToken),
                PumpAsync(_server, client, Direction.ToClient, cancellationToken));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Abort();
        }
    }

    /// <summary>Resets both sides at once, as a cable that is pulled would in the end.</summary>
    public void Abort()
    {
        _aborted = true;
        Reset(client);
        Reset(_server);
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Direction direction, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
            {
                var passage = await proxy.PassAsync(this, buffer.AsMemory(0, count), direction);
                for (var sent = 0; sent < passage.Bytes;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, passage.Bytes - sent), cancellationToken);
                if (passage.Tell is null)
                    continue;

                Abort();
                if (passage.DropsAll)
                    proxy.DropConnections();
                passage.Tell();
                return;
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone: the other must learn of it, and its pump with it.
            Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed, or was never connected.
        }

        socket.Dispose();
    }
}
