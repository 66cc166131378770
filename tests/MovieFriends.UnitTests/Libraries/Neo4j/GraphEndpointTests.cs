using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MovieFriends.Extensions;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class GraphEndpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("bolt://db:7687", false)]
    [InlineData("bolt+s://db:7687", true)]
    [InlineData("bolt+ssc://db:7687", true)]
    public async Task Without_certificates_of_ones_own_the_scheme_says_it_all(string address, bool encrypted)
    {
        await using var driver = GraphEndpoint.For(new Uri(address), null, "graph").Connect(AuthTokens.None, _ => { });
        Assert.Equal(encrypted, driver.Encrypted);
    }

    [Fact]
    public async Task Certificates_of_ones_own_go_with_a_scheme_that_checks_them()
    {
        var file = WriteCertificate("authority.pem");
        await using var driver = GraphEndpoint.For(new Uri("bolt+s://db:7687"), $"{file}; {file}", "graph").Connect(AuthTokens.None, _ => { });
        Assert.True(driver.Encrypted);
    }

    [Theory]
    [InlineData("bolt://db")]
    [InlineData("bolt+ssc://db")]
    public void A_scheme_under_which_nobody_would_look_at_them_is_refused(string address)
    {
        var file = WriteCertificate("authority.pem");

        var refusal = Assert.Throws<ConfigurationException>(() => GraphEndpoint.For(new Uri(address), file, "graph"));

        Assert.Equal(
            $"Aspire:Neo4j:Driver:TrustedCertificates = '{file}': certificates are checked with bolt+s or neo4j+s, not with {new Uri(address).Scheme}. Use one of these schemes in ConnectionStrings:graph, or leave the setting out.",
            refusal.Message);
    }

    [Fact]
    public void A_file_that_is_missing_or_holds_none_is_refused_by_name()
    {
        var empty = _folder.File("empty.pem", "nothing");

        const string way = "Name PEM files, separated by ';', with the authorities that ConnectionStrings:graph is to trust, or leave the setting out to trust those of the system.";
        Assert.Equal($"Own:Key: {empty} holds no certificate in PEM form. {way}", Refusal(empty));
        Assert.StartsWith("Own:Key: /no/such.pem cannot be read (", Refusal("/no/such.pem"), StringComparison.Ordinal);
        Assert.EndsWith($"). {way}", Refusal("/no/such.pem"), StringComparison.Ordinal);

        static string Refusal(string file) =>
            Assert.Throws<ConfigurationException>(() => GraphEndpoint.For(new Uri("bolt+s://db"), file, "graph", "Own:Key")).Message;
    }

    public void Dispose() => _folder.Dispose();

    private string WriteCertificate(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));
        return _folder.File(name, certificate.ExportCertificatePem());
    }
}
