using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MovieFriends.Extensions;
using Neo4j.Driver;

namespace MovieFriends.Neo4j;

/// <summary>
/// A Neo4j server and whose word for its identity is taken. The scheme of the address says whether to use TLS; certificates
/// of one's own authority replace those of the system.
/// </summary>
public sealed class GraphEndpoint
{
    private const string ChecksCertificates = "+s";
    private const string TrustedCertificates = $"{Neo4jDriverSettings.Section}:{nameof(Neo4jDriverSettings.TrustedCertificates)}";

    private readonly Uri _address;
    private readonly IReadOnlyList<X509Certificate2> _authorities;

    private GraphEndpoint(Uri address, IReadOnlyList<X509Certificate2> authorities) => (_address, _authorities) = (address, authorities);

    /// <summary>Reads the certificates.</summary>
    /// <param name="address">Scheme <c>bolt</c>, <c>bolt+s</c>, <c>bolt+ssc</c>, <c>neo4j</c>, <c>neo4j+s</c> or <c>neo4j+ssc</c>.</param>
    /// <param name="trustedCertificates">PEM files with certificates of authorities, separated by <c>;</c>; none to trust what the system trusts.</param>
    /// <param name="connectionName">The name of the connection string, for error messages.</param>
    /// <param name="setting">The key that <paramref name="trustedCertificates"/> stands under, for error messages.</param>
    /// <exception cref="ConfigurationException">A file cannot be read, holds no certificate, or does not go with the scheme.</exception>
    public static GraphEndpoint For(Uri address, string? trustedCertificates, string connectionName, string setting = TrustedCertificates)
    {
        ArgumentNullException.ThrowIfNull(address);
        var files = (trustedCertificates ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (files.Length == 0)
            return new GraphEndpoint(address, []);
        if (!address.Scheme.EndsWith(ChecksCertificates, StringComparison.Ordinal))
        {
            throw new ConfigurationException(
                $"{setting} = '{trustedCertificates}': certificates are checked with bolt+s or neo4j+s, not with {address.Scheme}. Use one of these schemes in ConnectionStrings:{connectionName}, or leave the setting out.");
        }

        return new GraphEndpoint(
            new UriBuilder(address) { Scheme = address.Scheme[..^ChecksCertificates.Length] }.Uri,
            [.. files.SelectMany(file => Read(file, connectionName, setting))]);
    }

    /// <summary>Makes a driver; it connects when it is used.</summary>
    /// <exception cref="NotSupportedException">The driver does not know the scheme.</exception>
    public IDriver Connect(IAuthToken token, Action<ConfigBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return GraphDatabase.Driver(_address, token, config =>
        {
            configure(config);

            // The driver takes this from the scheme or from here, not from both.
            if (_authorities.Count > 0)
                config.WithEncryptionLevel(EncryptionLevel.Encrypted).WithCertificateTrustRule(CertificateTrustRule.TrustList, _authorities);
        });
    }

    private static X509Certificate2Collection Read(string file, string connectionName, string setting)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Refusal($"cannot be read ({exception.Message.TrimEnd('.')})", exception);
        }

        return certificates.Count > 0 ? certificates : throw Refusal("holds no certificate in PEM form");

        ConfigurationException Refusal(string reason, Exception? inner = null) => new(
            $"{setting}: {file} {reason}. Name PEM files, separated by ';', with the authorities that ConnectionStrings:{connectionName} is to trust, or leave the setting out to trust those of the system.",
            inner);
    }
}
