using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Neo4j.Driver.Bolt;

namespace Neo4j.Driver.Connections;

/// <summary>Opens connections: socket, TLS, handshake, sign-in.</summary>
internal sealed class Connector(Uri uri, Encryption encryption, Config config, TimeProvider time)
{
    public string Address => $"{uri.Host}:{uri.Port}";

    /// <exception cref="ServiceUnavailableException">Nobody answers, or not in time.</exception>
    /// <exception cref="AuthenticationException">User or password are wrong.</exception>
    public async Task<BoltConnection> ConnectAsync(AuthToken token, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (config.ConnectionTimeout > TimeSpan.Zero)
        {
            timeout.CancelAfter(config.ConnectionTimeout);
        }

        var socket = NewSocket();
        Stream stream = null;
        BoltConnection connection = null;
        try
        {
            stream = await OpenAsync(socket, timeout.Token).ConfigureAwait(false);
            var version = await Handshake.NegotiateAsync(stream, timeout.Token).ConfigureAwait(false);
            connection = new BoltConnection(stream, version, Address, config, () => socket.Poll(0, SelectMode.SelectRead))
            {
                OpenedAt = time.GetUtcNow(),
            };
            await LoginAsync(connection, config.UserAgent, token, stream, timeout.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception error)
        {
            await CloseAsync(connection, stream).ConfigureAwait(false);
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (timeout.IsCancellationRequested)
            {
                throw new ServiceUnavailableException($"{Address} did not accept a connection within {config.ConnectionTimeout}.", error);
            }

            if (error is Neo4jException or NotSupportedException)
            {
                throw;
            }

            throw new ServiceUnavailableException($"Cannot connect to {Address}: {error.Message}", error);
        }
    }

    // A sign-in that gets no answer ends when the socket is closed under it.
    private static async Task LoginAsync(BoltConnection connection, string userAgent, AuthToken token, Stream stream, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.Register(static state => ((Stream)state).Dispose(), stream);
        await using (registration.ConfigureAwait(false))
        {
            await connection.LoginAsync(userAgent, token).ConfigureAwait(false);
        }
    }

    private static async Task CloseAsync(BoltConnection connection, Stream stream)
    {
        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        else if (stream is not null)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Socket NewSocket()
    {
        var socket = config.Ipv6Enabled
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, config.SocketKeepAlive);
        return socket;
    }

    private async Task<Stream> OpenAsync(Socket socket, CancellationToken cancellationToken)
    {
        var host = new DnsEndPoint(uri.IdnHost, uri.Port, config.Ipv6Enabled ? AddressFamily.Unspecified : AddressFamily.InterNetwork);
        await socket.ConnectAsync(host, cancellationToken).ConfigureAwait(false);
        var stream = new NetworkStream(socket, ownsSocket: true);
        return encryption.Enabled ? await EncryptAsync(stream, cancellationToken).ConfigureAwait(false) : stream;
    }

    private async Task<Stream> EncryptAsync(Stream stream, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = uri.IdnHost,
            EnabledSslProtocols = config.TlsVersion,
            RemoteCertificateValidationCallback = Validate,
        };
        try
        {
            await encrypted.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return encrypted;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await encrypted.DisposeAsync().ConfigureAwait(false);
            throw new ServiceUnavailableException($"Cannot establish an encrypted connection to {Address}: {error.Message}", error);
        }
    }

    private bool Validate(object sender, X509Certificate certificate, X509Chain chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return false;
        }

        using var copy = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        return encryption.TrustManager.ValidateServerCertificate(uri, copy, chain, errors);
    }
}
