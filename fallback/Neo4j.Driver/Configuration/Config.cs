using System.Security.Authentication;

namespace Neo4j.Driver;

/// <summary>The settings of a driver; <see cref="ConfigBuilder"/> sets them.</summary>
public class Config
{
    /// <summary>No limit, where a number is asked for.</summary>
    public const int Infinite = -1;

    /// <summary>No limit, where a time is asked for.</summary>
    public static readonly TimeSpan InfiniteInterval = TimeSpan.FromMilliseconds(-1);

    private int _maxIdleConnectionPoolSize = Infinite;

    internal static string DefaultUserAgent { get; } = $"neo4j-dotnet/{typeof(Config).Assembly.GetName().Version?.ToString(2)}";

    internal EncryptionLevel? ChosenEncryptionLevel { get; set; }

    public EncryptionLevel EncryptionLevel => ChosenEncryptionLevel ?? EncryptionLevel.None;

    public TrustManager TrustManager { get; internal set; }

    public ILogger Logger { get; internal set; } = NullLogger.Instance;

    /// <summary>For how long managed transactions are tried again. Default 30 s.</summary>
    public TimeSpan MaxTransactionRetryTime { get; internal set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many unused connections are kept; default as many as there may be.</summary>
    public int MaxIdleConnectionPoolSize
    {
        get => _maxIdleConnectionPoolSize == Infinite ? MaxConnectionPoolSize : _maxIdleConnectionPoolSize;
        internal set => _maxIdleConnectionPoolSize = value;
    }

    /// <summary>How many connections there may be. Default 100.</summary>
    public int MaxConnectionPoolSize { get; internal set; } = 100;

    /// <summary>How long to wait for a free connection, a new one included. Default 1 minute.</summary>
    public TimeSpan ConnectionAcquisitionTimeout { get; internal set; } = TimeSpan.FromMinutes(1);

    /// <summary>A connection unused for longer than this is tried before it is used again; null for never (default).</summary>
    public TimeSpan? ConnectionLivenessThreshold { get; internal set; }

    /// <summary>How long connecting may take. Default 30 s.</summary>
    public TimeSpan ConnectionTimeout { get; internal set; } = TimeSpan.FromSeconds(30);

    public bool SocketKeepAlive { get; internal set; } = true;

    /// <summary>A connection unused for longer than this is closed. Default never.</summary>
    public TimeSpan ConnectionIdleTimeout { get; internal set; } = InfiniteInterval;

    /// <summary>A connection older than this is closed. Default 1 hour.</summary>
    public TimeSpan MaxConnectionLifetime { get; internal set; } = TimeSpan.FromHours(1);

    public bool Ipv6Enabled { get; internal set; }

    /// <summary>Initial size of a connection's read buffer in bytes. Default 32 KiB.</summary>
    public int DefaultReadBufferSize { get; internal set; } = 32 * 1024;

    /// <summary>A read buffer that has grown to more than twice this shrinks again. Default 128 KiB.</summary>
    public int MaxReadBufferSize { get; internal set; } = 128 * 1024;

    /// <summary>Initial size of a connection's write buffer in bytes. Default 16 KiB.</summary>
    public int DefaultWriteBufferSize { get; internal set; } = 16 * 1024;

    /// <summary>A write buffer that has grown to more than twice this shrinks again after sending. Default 64 KiB.</summary>
    public int MaxWriteBufferSize { get; internal set; } = 64 * 1024;

    /// <summary>How many records are fetched at a time, or -1 for all at once. Default 1000.</summary>
    public long FetchSize { get; internal set; } = 1000;

    public string UserAgent { get; internal set; } = DefaultUserAgent;

    public SslProtocols TlsVersion { get; internal set; } = SslProtocols.Tls12;
}
