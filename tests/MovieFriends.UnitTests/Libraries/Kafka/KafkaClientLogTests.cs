using Microsoft.Extensions.Logging;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class KafkaClientLogTests : IDisposable
{
    private const string Thread = "[thrd:sasl_ssl://localhost:9093/bootstrap]: ";
    private const string Broker = "sasl_ssl://localhost:9093/bootstrap: ";

    private readonly KafkaClientLog _log = new();

    [Theory]
    [InlineData("SASL authentication error: Authentication failed: Invalid username or password (after 300ms in state AUTH_REQ)")]
    [InlineData("SSL handshake failed: error:0A000086:SSL routines::certificate verify failed: broker certificate could not be verified (after 5ms in state SSL_HANDSHAKE)")]
    [InlineData("SASL SCRAM-SHA-256 mechanism handshake failed: Broker: Unsupported SASL mechanism: broker's supported mechanisms: PLAIN")]
    [InlineData("SASL PLAIN mechanism handshake failed: Broker: Request not valid in current SASL state: broker's supported mechanisms: ")]
    public void A_refusal_that_no_repetition_mends_is_fatal_with_its_reason(string failure)
    {
        Hear(Thread + Broker + failure);

        var fatal = Assert.Throws<FatalException>(_log.ThrowIfRefused);
        Assert.Contains(Broker + failure.Split(" (after")[0].TrimEnd(' '), fatal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("thrd", fatal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("in state", fatal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connect to ipv4#127.0.0.1:9093 failed: Connection refused (after 0ms in state CONNECT)")]
    [InlineData("SASL authentication error: SaslAuthenticateRequest failed: Local: Broker transport failure (after 3ms in state AUTH_REQ)")]
    [InlineData("SSL handshake failed: Disconnected: connecting to a PLAINTEXT broker listener? (after 1ms in state SSL_HANDSHAKE)")]
    public void What_a_broker_that_starts_or_stops_does_is_waited_out(string failure)
    {
        Hear(Thread + Broker + failure);

        _log.ThrowIfRefused();
        Assert.StartsWith(Broker, _log.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Disconnected: SSL connection closed by peer (after 3ms in state SSL_HANDSHAKE)")]
    [InlineData("SSL handshake failed: SSL transport error: Connection reset by peer (after 3ms in state SSL_HANDSHAKE)")]
    public void A_broker_that_closes_the_connection_in_the_TLS_handshake_may_speak_none(string failure)
    {
        Hear(Thread + Broker + failure);

        _log.ThrowIfRefused();
        Assert.EndsWith(" by peer (if this stays: connecting to a PLAINTEXT broker listener?)", _log.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_not_about_a_broker_are_passed_over()
    {
        Hear("[thrd:app]: Configuration property group.id is a consumer property and will be ignored by this producer instance");
        Assert.Null(_log.Reason);
    }

    public void Dispose() => _log.Dispose();

    private void Hear(string line) => _log.Log(LogLevel.Information, default, line, null, static (text, _) => text);
}
