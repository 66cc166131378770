using System.Net;
using System.Net.Sockets;

namespace MovieFriends.Chaos.Network;

/// <summary>A link between services and a server that can be cut, stalled and slowed down. It listens on the loopback address alone.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<ProxyConnection> _connections = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly int _targetPort;
    private Socket? _listener;
    private TaskCompletionSource _flow = NewGate(open: true);
    private Latency _latency;
    private ByteLimit? _limit;
    private LostAnswer? _lostAnswer;
    private HeldAnswers? _held;

    private TcpProxy(int port, int targetPort)
    {
        (Port, _targetPort) = (port, targetPort);
        Listen();
    }

    /// <summary>Where clients connect to.</summary>
    public int Port { get; }

    public LinkState State { get; private set; }

    /// <summary>Connections open now.</summary>
    public int Connections
    {
        get
        {
            lock (_lock)
                return _connections.Count;
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="targetPort">The server's port; it need not be open yet.</param>
    /// <param name="port">The port to listen on; a free one if not given.</param>
    public static TcpProxy Start(int targetPort, int? port = null) => new(port ?? FreePorts.Next(), targetPort);

    /// <summary>Drops all connections and refuses new ones, until <see cref="Restore"/>.</summary>
    public void Cut()
    {
        Socket? listener;
        lock (_lock)
        {
            State = LinkState.Cut;
            (listener, _listener) = (_listener, null);
        }

        listener?.Dispose();
        DropConnections();
    }

    /// <summary>Keeps connections, and accepts new ones, but passes no byte, until <see cref="Restore"/>.</summary>
    public void Stall()
    {
        lock (_lock)
        {
            State = LinkState.Stalled;
            _flow = NewGate(open: false);
        }
    }

    /// <summary>Holds everything that passes, in either direction, until <see cref="Restore"/>.</summary>
    /// <param name="latency">For how long at least.</param>
    /// <param name="jitter">Up to so much longer.</param>
    public void Delay(TimeSpan latency, TimeSpan jitter)
    {
        lock (_lock)
            _latency = new Latency(latency, jitter);
    }

    /// <summary>Ends <see cref="Cut"/>, <see cref="Stall"/> and <see cref="Delay"/>.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            State = LinkState.Open;
            _latency = default;
            _flow.TrySetResult();
            if (_listener is null && !_disposed.IsCancellationRequested)
                Listen();
        }
    }

    /// <summary>Drops the connections of now, once; new ones are welcome at once.</summary>
    public void DropConnections()
    {
        ProxyConnection[] connections;
        lock (_lock)
            connections = [.. _connections];
        foreach (var connection in connections)
            connection.Abort();
    }

    /// <summary>Drops all connections once, after so many more bytes have passed in one direction.</summary>
    /// <returns>Ends when it has happened.</returns>
    public Task DropAfterAsync(long bytes, Direction direction)
    {
        var limit = new ByteLimit(bytes, direction);
        lock (_lock)
            _limit = limit;
        return limit.Reached;
    }

    /// <summary>
    /// Lets the next request that matches reach the server, swallows what the server answers to it, and drops that connection:
    /// the client cannot know whether the request was carried out. Happens once.
    /// </summary>
    /// <param name="request">Decides on the bytes that one client has written at once; any request matches if not given.</param>
    /// <returns>Ends when it has happened.</returns>
    public Task LoseAnswerAsync(Func<ReadOnlyMemory<byte>, bool>? request = null)
    {
        var lost = new LostAnswer(request ?? (_ => true));
        lock (_lock)
            _lostAnswer = lost;
        return lost.Happened;
    }

    /// <summary>
    /// Holds what the server answers on one connection, from the first request that matches on, until the result is disposed of.
    /// </summary>
    /// <param name="request">Decides on the bytes that one client has written at once on a connection; called for all of them in turn.</param>
    public HeldAnswers HoldAnswers(Func<ProxyConnection, ReadOnlyMemory<byte>, bool> request)
    {
        lock (_lock)
            return _held = new HeldAnswers(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        Cut();
    }

    /// <summary>Holds bytes as long as the link says; then tells how many of them may pass.</summary>
    internal async ValueTask<Passage> PassAsync(ProxyConnection connection, ReadOnlyMemory<byte> bytes, Direction direction)
    {
        Task flow;
        Task held;
        TimeSpan latency;
        lock (_lock)
            (flow, latency, held) = (_flow.Task, _latency.Next(), _held?.Look(connection, bytes, direction) ?? Task.CompletedTask);
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, _disposed.Token);
        await flow.WaitAsync(_disposed.Token);
        await held.WaitAsync(_disposed.Token);

        lock (_lock)
        {
            if (_lostAnswer is { } lost && lost.Takes(connection, bytes, direction))
            {
                _lostAnswer = null;
                return new Passage(0, lost.Tell, DropsAll: false);
            }

            if (_limit is { } limit && limit.Direction == direction && limit.Take(bytes.Length) is { } allowed)
            {
                _limit = null;
                return new Passage(allowed, limit.Tell, DropsAll: true);
            }
        }

        return new Passage(bytes.Length, null, DropsAll: false);
    }

    private void Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen();
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync(_disposed.Token));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The link is cut, or the proxy is disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new ProxyConnection(this, client);
        lock (_lock)
        {
            if (State == LinkState.Cut)
                return;
            _connections.Add(connection);
        }

        await connection.RunAsync(_targetPort, _disposed.Token);
        lock (_lock)
            _connections.Remove(connection);
    }

    private static TaskCompletionSource NewGate(bool open)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (open)
            gate.SetResult();
        return gate;
    }
}
