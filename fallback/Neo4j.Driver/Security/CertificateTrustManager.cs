using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Neo4j.Driver;

/// <summary>Trusts a certificate in whose chain, whether or not the system trusts it, is one of those that are given.</summary>
internal sealed class CertificateTrustManager(X509Certificate2Collection trusted, bool verifyHostname) : TrustManager
{
    public override bool ValidateServerCertificate(Uri uri, X509Certificate2 certificate, X509Chain chain, SslPolicyErrors sslPolicyErrors)
    {
        if (verifyHostname && sslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        if (!IsInDate(certificate))
        {
            return false;
        }

        if (chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NoError))
        {
            return HasTrusted(chain);
        }

        using var other = new X509Chain();
        other.ChainPolicy.ExtraStore.AddRange(trusted);
        other.ChainPolicy.RevocationFlag = X509RevocationFlag.ExcludeRoot;
        other.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        other.Build(certificate);

        // That the system does not know the root is why there is a list; nothing else may be wrong.
        return other.ChainStatus.All(status => status.Status is X509ChainStatusFlags.NoError or X509ChainStatusFlags.UntrustedRoot) && HasTrusted(other);
    }

    private bool HasTrusted(X509Chain chain) =>
        chain.ChainElements.Any(element => trusted.Any(candidate => candidate.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)));

    private static bool IsInDate(X509Certificate2 certificate)
    {
        var now = DateTime.Now;
        return now > certificate.NotBefore && now < certificate.NotAfter;
    }
}
