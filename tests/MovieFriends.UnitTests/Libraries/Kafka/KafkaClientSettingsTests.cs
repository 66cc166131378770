using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MovieFriends.Extensions;
using MovieFriends.Kafka;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class KafkaClientSettingsTests
{
    private const string Shared = "Aspire:Confluent:Kafka:Config:";
    private const string Producer = "Aspire:Confluent:Kafka:Producer:Config:";
    private const string Consumer = "Aspire:Confluent:Kafka:Consumer:Config:";

    [Fact]
    public void What_both_need_is_said_once_and_each_may_say_otherwise()
    {
        var configuration = Add((Shared + "SecurityProtocol", "Ssl"), (Shared + "ClientId", "both"), (Consumer + "clientid", "consumer"));

        Assert.Equal("Ssl", configuration[Producer + "SecurityProtocol"]);
        Assert.Equal("Ssl", configuration[Consumer + "SecurityProtocol"]);
        Assert.Equal("both", configuration[Producer + "ClientId"]);
        Assert.Equal("consumer", configuration[Consumer + "ClientId"]);
    }

    [Theory]
    [InlineData(Shared + "SaslPasword", "is not a setting of Kafka's clients")]
    [InlineData(Consumer + "LingerMs", "is not a setting of Kafka's clients")]
    [InlineData(Producer + "SecurityProtocol", "Aspire:Confluent:Kafka:Producer:Config")]
    [InlineData(Shared + "SslCaLocation", "there is no such file")]
    public void A_setting_that_is_unknown_or_wrong_is_refused_by_its_key(string key, string expected)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Add((key, "?")));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(key.Split(':')[^1], refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("SaslSsl", "SslCaPem")]
    [InlineData("Ssl", "SslKeyPem")]
    public void Certificates_and_keys_that_cannot_be_read_are_refused_without_being_repeated(string protocol, string setting)
    {
        const string secret = "not-to-be-seen-4711";
        var refusal = Assert.Throws<ConfigurationException>(() => Add(
            (Shared + "SecurityProtocol", protocol), (Shared + "SaslMechanism", "Plain"), (Shared + "SaslUsername", "u"), (Shared + "SaslPassword", secret), (Shared + setting, secret)));
        Assert.Contains($"SecurityProtocol={protocol} cannot be used", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refusal.Message, StringComparison.Ordinal);
    }

    private static ConfigurationManager Add(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.AddKafkaClientSettings();
        return builder.Configuration;
    }
}
