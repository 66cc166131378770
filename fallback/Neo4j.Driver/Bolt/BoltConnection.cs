using Neo4j.Driver.PackStream;
using Neo4j.Driver.Summary;

namespace Neo4j.Driver.Bolt;

/// <summary>
/// One connection that has agreed on a version: requests are written, then flushed together, and their answers are
/// read when somebody needs them. Used by one session at a time.
/// </summary>
internal sealed class BoltConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly ILogger _logger;
    private readonly int _keptWriteCapacity;
    private readonly PackStreamWriter _writer;
    private readonly MessageReader _reader;
    private readonly Queue<IResponseHandler> _expected = new();
    private Neo4jException _failure;
    private bool _disposed;

    private readonly Func<bool> _hasUnexpectedData;

    /// <param name="stream">The agreed connection.</param>
    /// <param name="version">What was agreed.</param>
    /// <param name="address">Host and port.</param>
    /// <param name="config">Buffer sizes and logger.</param>
    /// <param name="hasUnexpectedData">Tells without waiting whether something has arrived, be it the end of the stream.</param>
    public BoltConnection(Stream stream, BoltVersion version, string address, Config config, Func<bool> hasUnexpectedData)
    {
        _stream = stream;
        _hasUnexpectedData = hasUnexpectedData;
        _logger = config.Logger;
        _keptWriteCapacity = config.MaxWriteBufferSize;
        _writer = new PackStreamWriter(Math.Max(config.DefaultWriteBufferSize, 64));
        _reader = new MessageReader(stream, Math.Max(config.DefaultReadBufferSize, 64), config.MaxReadBufferSize);
        Version = version;
        Server = new ServerInfo(address, version.ToString());
        Request = version < BoltVersion.V3
            ? new LegacyRequests(_writer, _expected, version)
            : new ModernRequests(_writer, _expected, version);
    }

    public BoltVersion Version { get; }

    public ServerInfo Server { get; }

    public Requests Request { get; }

    /// <summary>What to use a connection for again: nothing is due, nothing failed, no transaction is open.</summary>
    public bool IsClean => _expected.Count == 0 && _writer.Length == 0 && _failure is null && !InTransaction;

    /// <summary>The connection must not be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The connection is closed rather than kept once its session has finished with it.</summary>
    public bool Retired { get; private set; }

    /// <summary>The server has ended the connection while it was not used: nothing else arrives unasked.</summary>
    public bool IsStale => _hasUnexpectedData();

    public bool InTransaction { get; set; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset IdleSince { get; set; }

    /// <exception cref="AuthenticationException">User or password are wrong.</exception>
    public async Task LoginAsync(string userAgent, AuthToken token)
    {
        var hello = new Reply();
        var logon = new Reply();
        Request.Login(userAgent, token, hello, logon);
        await SyncAsync().ConfigureAwait(false);
        hello.EnsureSuccess();
        logon.EnsureSuccess();
        Server.Agent = hello.Metadata.GetValueOrDefault("server") as string ?? "";
        if (hello.Metadata.GetValueOrDefault("hints") is Dictionary<string, object> hints &&
            hints.GetValueOrDefault("connection.recv_timeout_seconds") is long seconds and > 0)
        {
            _reader.Timeout = TimeSpan.FromSeconds(seconds);
        }

        _logger.Debug("Connected to {0}, {1}, Bolt {2}, {3}.", Server.Address, Server.Agent, Version, hello.Metadata.GetValueOrDefault("connection_id"));
    }

    /// <summary>Brings the server back to its initial state, whatever was going on.</summary>
    public async Task ResetAsync()
    {
        var reply = new Reply();
        Request.Reset(reply);
        await SyncAsync().ConfigureAwait(false);
        reply.EnsureSuccess();
        InTransaction = false;
    }

    /// <summary>Sends what has been requested.</summary>
    /// <exception cref="ServiceUnavailableException">The connection is gone.</exception>
    public async ValueTask FlushAsync()
    {
        EnsureUsable();
        if (_writer.Length == 0)
        {
            return;
        }

        try
        {
            await _stream.WriteAsync(_writer.Written).ConfigureAwait(false);
            await _stream.FlushAsync().ConfigureAwait(false);
            _writer.Clear(_keptWriteCapacity);
        }
        catch (Exception error)
        {
            throw Break(error);
        }
    }

    /// <summary>Sends what has been requested and takes every answer that is due. Failures go to those who asked.</summary>
    /// <exception cref="ServiceUnavailableException">The connection is gone.</exception>
    public async ValueTask SyncAsync()
    {
        await FlushAsync().ConfigureAwait(false);
        while (_expected.Count > 0)
        {
            await ReceiveAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes one message: a record, or the answer to the oldest request.</summary>
    /// <exception cref="ServiceUnavailableException">The connection is gone.</exception>
    /// <exception cref="ProtocolException">The message makes no sense.</exception>
    public async ValueTask ReceiveAsync()
    {
        EnsureUsable();
        try
        {
            var message = await _reader.ReadAsync().ConfigureAwait(false);
            Dispatch(message.Span);
        }
        catch (Exception error)
        {
            throw Break(error);
        }
    }

    /// <summary>Ends the connection under whoever uses it.</summary>
    public void Abort()
    {
        IsBroken = true;
        _stream.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            if (!IsBroken && Request.HasGoodbye)
            {
                _writer.Truncate(0);
                Request.Goodbye();
                await FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Neo4jException error)
        {
            _logger.Debug("The farewell to {0} did not arrive: {1}", Server.Address, error.Message);
        }

        IsBroken = true;
        await _stream.DisposeAsync().ConfigureAwait(false);
        _writer.Dispose();
        _reader.Dispose();
    }

    private void Dispatch(ReadOnlySpan<byte> message)
    {
        if (_expected.Count == 0)
        {
            throw new ProtocolException("The server sent an answer to nothing.");
        }

        var reader = new PackStreamReader(message);
        var (_, tag) = reader.ReadStructureHeader();
        switch (tag)
        {
            case MessageTag.Record:
                var receiver = _expected.Peek();
                if (receiver.WantsRecords)
                {
                    receiver.OnRecord(reader.ReadArray());
                }

                break;
            case MessageTag.Success:
                var success = reader.ReadMap();
                OnSuccess(_expected.Dequeue(), success);
                break;
            case MessageTag.Failure:
                OnFailure(_expected.Dequeue(), reader.ReadMap());
                break;
            case MessageTag.Ignored:
                _expected.Dequeue().OnFailure(
                    _failure ?? new ClientException("The server ignored a request because an earlier one was interrupted."));
                break;
            default:
                throw new ProtocolException($"The server sent a message with the unknown tag 0x{tag:X2}.");
        }
    }

    private void OnSuccess(IResponseHandler handler, Dictionary<string, object> metadata)
    {
        // After a failure the server ignores everything up to RESET: the first success is that of RESET.
        _failure = null;
        handler.OnSuccess(metadata);
    }

    private void OnFailure(IResponseHandler handler, Dictionary<string, object> metadata)
    {
        _failure = ServerFailure.ToException(metadata, Version);
        _logger.Debug("{0} answered with {1}: {2}", Server.Address, _failure.Code, _failure.Message);

        // What is neither the client's fault nor transient may concern the connection: it is not used again.
        if (_failure is not (ClientException or TransientException))
        {
            Retired = true;
        }

        handler.OnFailure(_failure);
    }

    private void EnsureUsable()
    {
        if (IsBroken)
        {
            throw new ServiceUnavailableException($"The connection to {Server.Address} has been closed.");
        }
    }

    // Everybody who still waits for an answer gets the reason why none will come.
    private Neo4jException Break(Exception error)
    {
        IsBroken = true;
        var reason = error as Neo4jException ?? new ServiceUnavailableException(
            $"The connection to {Server.Address} was lost: {error.Message}", error);
        _logger.Warn(error, "The connection to {0} was lost.", Server.Address);
        while (_expected.TryDequeue(out var handler))
        {
            handler.OnFailure(reason);
        }

        return reason;
    }
}
