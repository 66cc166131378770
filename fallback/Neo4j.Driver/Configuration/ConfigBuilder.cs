using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Neo4j.Driver;

/// <summary>Sets what a driver does other than by default.</summary>
public sealed class ConfigBuilder
{
    private readonly Config _config;

    internal ConfigBuilder(Config config) => _config = config;

    /// <summary>Not together with a URI scheme that says the same (<c>bolt+s</c>, <c>bolt+ssc</c>).</summary>
    public ConfigBuilder WithEncryptionLevel(EncryptionLevel level)
    {
        _config.ChosenEncryptionLevel = level;
        return this;
    }

    public ConfigBuilder WithTrustManager(TrustManager manager)
    {
        _config.TrustManager = manager;
        return this;
    }

    /// <summary>Not together with a URI scheme that says the same (<c>bolt+s</c>, <c>bolt+ssc</c>).</summary>
    /// <param name="certificateTrustRule">Which certificates of servers are trusted.</param>
    /// <param name="trustedCaCertificates">Those of <see cref="CertificateTrustRule.TrustList"/>; null for every other rule.</param>
    /// <exception cref="ArgumentException">The list does not go with the rule.</exception>
    public ConfigBuilder WithCertificateTrustRule(CertificateTrustRule certificateTrustRule, IReadOnlyList<X509Certificate2> trustedCaCertificates = null)
    {
        if (certificateTrustRule == CertificateTrustRule.TrustList ? trustedCaCertificates is not { Count: > 0 } : trustedCaCertificates is not null)
        {
            throw new ArgumentException($"A list of certificates goes with {nameof(CertificateTrustRule.TrustList)}, and with it alone.", nameof(trustedCaCertificates));
        }

        _config.TrustManager = certificateTrustRule switch
        {
            CertificateTrustRule.TrustSystem => TrustManager.CreateChainTrust(),
            CertificateTrustRule.TrustList => TrustManager.CreateCertTrust(trustedCaCertificates),
            CertificateTrustRule.TrustAny => TrustManager.CreateInsecure(),
            _ => throw new ArgumentOutOfRangeException(nameof(certificateTrustRule)),
        };
        return this;
    }

    /// <summary>The same, with files that hold one certificate each.</summary>
    public ConfigBuilder WithCertificateTrustRule(CertificateTrustRule certificateTrustRule, IReadOnlyList<string> trustedCaCertificateFileNames = null) =>
        WithCertificateTrustRule(certificateTrustRule, trustedCaCertificateFileNames?.Select(X509CertificateLoader.LoadCertificateFromFile).ToList());

    public ConfigBuilder WithLogger(ILogger logger)
    {
        _config.Logger = logger ?? NullLogger.Instance;
        return this;
    }

    public ConfigBuilder WithMaxIdleConnectionPoolSize(int size)
    {
        _config.MaxIdleConnectionPoolSize = size;
        return this;
    }

    public ConfigBuilder WithMaxConnectionPoolSize(int size)
    {
        _config.MaxConnectionPoolSize = size;
        return this;
    }

    public ConfigBuilder WithConnectionAcquisitionTimeout(TimeSpan timeSpan)
    {
        _config.ConnectionAcquisitionTimeout = timeSpan;
        return this;
    }

    public ConfigBuilder WithConnectionTimeout(TimeSpan timeSpan)
    {
        _config.ConnectionTimeout = timeSpan;
        return this;
    }

    public ConfigBuilder WithSocketKeepAliveEnabled(bool enable)
    {
        _config.SocketKeepAlive = enable;
        return this;
    }

    public ConfigBuilder WithMaxTransactionRetryTime(TimeSpan time)
    {
        _config.MaxTransactionRetryTime = time;
        return this;
    }

    public ConfigBuilder WithConnectionIdleTimeout(TimeSpan timeSpan)
    {
        _config.ConnectionIdleTimeout = timeSpan;
        return this;
    }

    public ConfigBuilder WithMaxConnectionLifetime(TimeSpan timeSpan)
    {
        _config.MaxConnectionLifetime = timeSpan;
        return this;
    }

    public ConfigBuilder WithIpv6Enabled(bool enable)
    {
        _config.Ipv6Enabled = enable;
        return this;
    }

    public ConfigBuilder WithDefaultReadBufferSize(int defaultReadBufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(defaultReadBufferSize);
        _config.DefaultReadBufferSize = defaultReadBufferSize;
        return this;
    }

    public ConfigBuilder WithMaxReadBufferSize(int maxReadBufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxReadBufferSize);
        _config.MaxReadBufferSize = maxReadBufferSize;
        return this;
    }

    public ConfigBuilder WithDefaultWriteBufferSize(int defaultWriteBufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(defaultWriteBufferSize);
        _config.DefaultWriteBufferSize = defaultWriteBufferSize;
        return this;
    }

    public ConfigBuilder WithMaxWriteBufferSize(int maxWriteBufferSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxWriteBufferSize);
        _config.MaxWriteBufferSize = maxWriteBufferSize;
        return this;
    }

    /// <param name="size">At least 1, or <see cref="Config.Infinite"/>.</param>
    public ConfigBuilder WithFetchSize(long size)
    {
        _config.FetchSize = FetchSizes.Checked(size);
        return this;
    }

    public ConfigBuilder WithUserAgent(string userAgent)
    {
        ArgumentNullException.ThrowIfNull(userAgent);
        _config.UserAgent = userAgent;
        return this;
    }

    public ConfigBuilder WithConnectionLivenessCheckTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        _config.ConnectionLivenessThreshold = timeout;
        return this;
    }

    /// <summary>This driver sends none in any case.</summary>
    public ConfigBuilder WithTelemetryDisabled() => this;

    public ConfigBuilder WithTls13()
    {
        _config.TlsVersion = SslProtocols.Tls13;
        return this;
    }

    internal Config Build() => _config;
}
