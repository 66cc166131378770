using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Neo4j.Driver.Tests.Security;

public sealed class CertificateTrustTests : IDisposable
{
    private static readonly Uri s_uri = new("bolt://db:7687");

    private readonly X509Certificate2 _authority = Certificate("authority", null);
    private readonly X509Certificate2 _stranger = Certificate("stranger", null);

    [Fact]
    public void What_a_given_authority_has_signed_is_trusted()
    {
        using var server = Certificate("server", _authority);
        Assert.True(Validate(server, SslPolicyErrors.RemoteCertificateChainErrors, _authority));
        Assert.True(Validate(server, SslPolicyErrors.RemoteCertificateChainErrors, _stranger, _authority));
    }

    [Fact]
    public void What_another_has_signed_is_not()
    {
        using var server = Certificate("server", _stranger);
        Assert.False(Validate(server, SslPolicyErrors.RemoteCertificateChainErrors, _authority));
    }

    [Fact]
    public void A_certificate_that_has_signed_itself_is_trusted_if_it_is_given()
    {
        Assert.True(Validate(_stranger, SslPolicyErrors.RemoteCertificateChainErrors, _stranger));
        Assert.False(Validate(_stranger, SslPolicyErrors.RemoteCertificateChainErrors, _authority));
    }

    [Fact]
    public void The_name_must_be_right_unless_that_is_switched_off()
    {
        using var server = Certificate("server", _authority);
        const SslPolicyErrors errors = SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors;
        Assert.False(Validate(server, errors, _authority));
        Assert.True(Validate(TrustManager.CreateCertTrust([_authority], verifyHostname: false), server, errors));
    }

    [Fact]
    public void A_certificate_out_of_date_is_not_trusted()
    {
        using var server = Certificate("server", _authority, DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1));
        Assert.False(Validate(server, SslPolicyErrors.RemoteCertificateChainErrors, _authority));
    }

    [Theory]
    [InlineData(CertificateTrustRule.TrustSystem, true)]
    [InlineData(CertificateTrustRule.TrustAny, true)]
    [InlineData(CertificateTrustRule.TrustList, false)]
    public void A_list_goes_with_the_rule_that_has_one_and_with_no_other(CertificateTrustRule rule, bool withList) =>
        Assert.Throws<ArgumentException>(() => GraphDatabase.Driver(s_uri, config => config.WithCertificateTrustRule(rule, withList ? [_authority] : (X509Certificate2[])[])));

    [Fact]
    public async Task A_rule_and_encryption_make_an_encrypted_driver()
    {
        await using var driver = GraphDatabase.Driver(s_uri, config => config
            .WithEncryptionLevel(EncryptionLevel.Encrypted)
            .WithCertificateTrustRule(CertificateTrustRule.TrustList, [_authority]));
        Assert.True(driver.Encrypted);
    }

    [Fact]
    public void A_scheme_that_says_the_same_does_not_go_with_a_rule() =>
        Assert.Throws<ArgumentException>(() => GraphDatabase.Driver(
            new Uri("bolt+s://db"), config => config.WithCertificateTrustRule(CertificateTrustRule.TrustList, [_authority])));

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
    }

    private static bool Validate(X509Certificate2 server, SslPolicyErrors errors, params X509Certificate2[] trusted) =>
        Validate(TrustManager.CreateCertTrust(trusted), server, errors);

    private static bool Validate(TrustManager manager, X509Certificate2 server, SslPolicyErrors errors)
    {
        // As the connection hands it over: the system has looked at it already.
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.Build(server);
        return manager.ValidateServerCertificate(s_uri, server, chain, errors);
    }

    private static X509Certificate2 Certificate(string name, X509Certificate2 issuer, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, critical: true));
        return issuer is null
            ? request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(9))
            : request.Create(issuer, from ?? DateTimeOffset.UtcNow.AddHours(-1), to ?? DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3]);
    }
}
