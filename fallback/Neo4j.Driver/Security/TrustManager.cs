using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Neo4j.Driver;

/// <summary>Decides whether the certificate of a server is trusted.</summary>
public abstract class TrustManager
{
    /// <param name="uri">The address that was connected to.</param>
    /// <param name="certificate">The certificate of the server.</param>
    /// <param name="chain">The chain that the system has built for it.</param>
    /// <param name="sslPolicyErrors">What the system found wrong with it.</param>
    public abstract bool ValidateServerCertificate(
        Uri uri,
        X509Certificate2 certificate,
        X509Chain chain,
        SslPolicyErrors sslPolicyErrors);

    /// <summary>Trusts every certificate.</summary>
    public static TrustManager CreateInsecure(bool verifyHostname = false) => new InsecureTrustManager(verifyHostname);

    /// <summary>Trusts what the system trusts.</summary>
    public static TrustManager CreateChainTrust(
        bool verifyHostname = true,
        X509RevocationMode revocationMode = X509RevocationMode.NoCheck,
        X509RevocationFlag revocationFlag = X509RevocationFlag.ExcludeRoot,
        bool useMachineContext = false) => new ChainTrustManager(verifyHostname, revocationMode, revocationFlag);

    /// <summary>Trusts the given certificates, and those that they have signed.</summary>
    public static TrustManager CreateCertTrust(IEnumerable<X509Certificate2> trusted, bool verifyHostname = true) =>
        new CertificateTrustManager([.. trusted], verifyHostname);
}
