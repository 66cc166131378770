using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Neo4j.Driver;

internal sealed class InsecureTrustManager(bool verifyHostname) : TrustManager
{
    public override bool ValidateServerCertificate(Uri uri, X509Certificate2 certificate, X509Chain chain, SslPolicyErrors sslPolicyErrors) =>
        !verifyHostname || !sslPolicyErrors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
}
