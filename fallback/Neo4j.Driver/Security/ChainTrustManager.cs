using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Neo4j.Driver;

internal sealed class ChainTrustManager(bool verifyHostname, X509RevocationMode revocationMode, X509RevocationFlag revocationFlag) : TrustManager
{
    public override bool ValidateServerCertificate(Uri uri, X509Certificate2 certificate, X509Chain chain, SslPolicyErrors sslPolicyErrors)
    {
        if (verifyHostname && sslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        if (revocationMode == X509RevocationMode.NoCheck)
        {
            return !sslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        }

        using var checkedChain = new X509Chain();
        checkedChain.ChainPolicy.RevocationMode = revocationMode;
        checkedChain.ChainPolicy.RevocationFlag = revocationFlag;
        checkedChain.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return checkedChain.Build(certificate);
    }
}
