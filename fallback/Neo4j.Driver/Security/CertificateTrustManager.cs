using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Neo4j.Driver;

internal sealed class CertificateTrustManager(X509Certificate2Collection trusted, bool verifyHostname) : TrustManager
{
    public override bool ValidateServerCertificate(Uri uri, X509Certificate2 certificate, X509Chain chain, SslPolicyErrors sslPolicyErrors)
    {
        if (verifyHostname && sslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var trustedChain = new X509Chain();
        trustedChain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        trustedChain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        trustedChain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        trustedChain.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return trustedChain.Build(certificate) || (IsPinned(certificate) && IsInDate(certificate));
    }

    // A trusted certificate need not be a root: it is trusted by itself.
    private bool IsPinned(X509Certificate2 certificate) =>
        trusted.Any(candidate => candidate.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));

    private static bool IsInDate(X509Certificate2 certificate) =>
        DateTime.Now >= certificate.NotBefore && DateTime.Now <= certificate.NotAfter;
}
