using System.Net.Sockets;
using MovieFriends.Neo4j;
using Neo4j.Driver;
using Xunit;
using TlsException = System.Security.Authentication.AuthenticationException;

namespace MovieFriends.UnitTests.Libraries;

public sealed class GraphTlsFailureTests
{
    [Fact]
    public void A_certificate_that_is_not_trusted_is_fatal_although_it_looks_like_a_server_that_is_away()
    {
        var exception = new ServiceUnavailableException("Failed to establish encrypted connection.", new TlsException("The certificate was rejected."));

        Assert.Equal(GraphFailureKind.Fatal, GraphFailure.Classify(exception));
        Assert.Contains("The certificate was rejected.", GraphFailure.Describe(exception, "graph"), StringComparison.Ordinal);
        Assert.Contains("Aspire:Neo4j:Driver:TrustedCertificates", GraphFailure.Describe(exception, "graph"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_ends_during_the_handshake_is_waited_out_with_a_hint()
    {
        var exception = new ServiceUnavailableException("Failed to establish encrypted connection.", new IOException("Unexpected end."));

        Assert.Equal(GraphFailureKind.Transient, GraphFailure.Classify(exception));
        Assert.EndsWith("with bolt+s instead of bolt.", GraphFailure.Explain(exception, "graph"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_away_is_not_explained_by_TLS() => Assert.Equal(
        "Gone.", GraphFailure.Explain(new ServiceUnavailableException("Gone.", new IOException("No.", new SocketException(111))), "graph"));
}
