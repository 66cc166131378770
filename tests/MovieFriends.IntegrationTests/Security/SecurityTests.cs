using MovieFriends.Chaos.Processes;
using MovieFriends.IntegrationTests.Infrastructure;
using Xunit;
using static MovieFriends.IntegrationTests.Infrastructure.Scenario;

namespace MovieFriends.IntegrationTests.Security;

/// <summary>TLS and sign-in, on servers that have them.</summary>
[Collection(nameof(SharesSecureServers))]
public sealed class SecurityTests(RunningServers plain, SecureServers servers)
{
    private const string Kafka = "Aspire__Confluent__Kafka__Config__";
    private const string KafkaAddress = "ConnectionStrings__kafka";
    private const string GraphAddress = "ConnectionStrings__graph";
    private const string TrustedCertificates = "Aspire__Neo4j__Driver__TrustedCertificates";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Plain")]
    [InlineData("ScramSha512")]
    public async Task The_whole_job_runs_through_TLS_and_sign_in_by_configuration_alone(string mechanism)
    {
        await using var scenario = await StartAsync(Servers((Kafka + "SaslMechanism", mechanism)), users: 500, Cancellation);

        var produced = await scenario.RunAsync("producer", "Producer:Mode=Load", "Producer:Messages=500", "Producer:Users=500");
        await scenario.ProduceAsync("rubbish");
        var consumed = await scenario.ConsumeAsync();
        var verified = await scenario.VerifyAsync();
        var replayed = await scenario.RunAsync("replayer", "Replayer:Apply=true");

        Assert.Equal(500, produced.GetProperty("messages").GetInt64());
        Assert.Equal(500, produced.GetProperty("offsets").EnumerateArray().Sum(o => o.GetProperty("latest").GetInt64()));
        Assert.Equal(500, consumed.GetProperty("created").GetInt64());
        Assert.Equal(1, consumed.GetProperty("deadLettered").GetInt64());
        Assert.Equal("rubbish", scenario.ReadDeadLetters(1)[0].Value);
        Assert.True(verified.GetProperty("ok").GetBoolean());
        Assert.Equal(1, replayed.GetProperty("putBack").GetInt64());
    }

    [Fact]
    public async Task Settings_of_one_role_win_over_those_of_both()
    {
        var settings = Settings(
            (Kafka + "SaslPassword", "wrong"),
            ("Aspire__Confluent__Kafka__Producer__Config__SaslPassword", servers.BrokerPassword),
            ("Aspire__Confluent__Kafka__Consumer__Config__SaslPassword", servers.BrokerPassword),
            ("Producer__Messages", "10"));
        await using var run = InProcessService.Start("producer", settings);

        Assert.Equal(0, await run.ExitCodeAsync(Cancellation));
    }

    [Theory]
    [InlineData("bolt+s", true)]
    [InlineData("bolt+ssc", false)]
    public async Task The_system_may_vouch_for_the_database_or_nobody_if_so_wished(string scheme, bool systemTrusts)
    {
        var settings = Settings(
            (TrustedCertificates, string.Empty),
            (GraphAddress, Graph("bolt+s://", scheme + "://")),
            ("SSL_CERT_FILE", systemTrusts ? servers.Authority : string.Empty));
        await using var run = ServiceProcess.Start("seeder", settings);

        Assert.Equal(0, await run.ExitCodeAsync(Cancellation));
    }

    [Fact]
    public Task A_database_whose_certificate_nobody_vouches_for_ends_the_service_with_one_line() =>
        EndsWithOneLineAsync("seeder", "Neo4j's certificate is not trusted", Settings((TrustedCertificates, string.Empty)));

    [Fact]
    public Task A_database_under_a_name_that_its_certificate_lacks_ends_the_service_with_one_line() => EndsWithOneLineAsync(
        "seeder",
        "Neo4j's certificate is not trusted",
        Settings((GraphAddress, Graph("//127.0.0.1", "//localhost"))));

    [Fact]
    public Task A_wrong_password_of_the_database_ends_the_service_with_one_line() =>
        EndsWithOneLineAsync("seeder", "Neo4j refuses the user name or password", Settings((GraphAddress, Graph("Password=", "Password=x"))));

    [Theory]
    [InlineData("producer")]
    [InlineData("consumer")]
    [InlineData("verifier")]
    [InlineData("replayer")]
    public Task A_broker_whose_certificate_nobody_vouches_for_ends_the_service_with_one_line(string service)
    {
        var settings = Settings();
        settings.Remove(Kafka + "SslCaLocation");
        return EndsWithOneLineAsync(service, "certificate verify failed", settings);
    }

    [Fact]
    public Task A_broker_under_a_name_that_its_certificate_lacks_ends_the_service_with_one_line() => EndsWithOneLineAsync(
        "producer", "certificate verify failed", Settings((KafkaAddress, $"localhost:{servers.MisnamedPort}"), (Kafka + "SecurityProtocol", "Ssl")));

    [Theory]
    [InlineData("producer", "SaslPassword", "wrong")]
    [InlineData("consumer", "SaslPassword", "wrong")]
    [InlineData("verifier", "SaslUsername", "nobody")]
    [InlineData("replayer", "SaslUsername", "nobody")]
    [InlineData("producer", "SaslMechanism", "ScramSha256")]
    public Task A_sign_in_that_the_broker_refuses_ends_the_service_with_one_line(string service, string setting, string value) =>
        EndsWithOneLineAsync(service, "Kafka cannot be used: ", Settings((Kafka + setting, value)));

    [Fact]
    public Task A_sign_in_where_the_broker_wants_none_ends_the_service_with_one_line() => EndsWithOneLineAsync(
        "producer", "The broker wants no sign-in there", Settings((KafkaAddress, $"localhost:{servers.PlainPort}"), (Kafka + "SecurityProtocol", "SaslPlaintext")));

    [Theory]
    [InlineData("Plaintext", true, "the broker may want TLS")]
    [InlineData("Ssl", false, "connecting to a PLAINTEXT broker listener?")]
    public Task A_broker_that_speaks_TLS_where_the_client_does_not_or_the_other_way_round_is_waited_for_with_one_line_that_says_so(
        string protocol, bool secureListener, string hint) => WaitsWithOneLineAsync(
            "producer",
            hint,
            Settings((Kafka + "SecurityProtocol", protocol), (KafkaAddress, $"localhost:{(secureListener ? servers.SecurePort : servers.PlainPort)}")));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_database_that_speaks_TLS_where_the_client_does_not_or_the_other_way_round_is_waited_for_with_one_line_that_says_so(bool secureServer) => WaitsWithOneLineAsync(
        "seeder",
        "only one side uses TLS",
        Settings(
            (TrustedCertificates, string.Empty),
            (GraphAddress, secureServer
                ? Graph("bolt+s://", "bolt://")
                : plain.Environment[GraphAddress].Replace("bolt://", "bolt+ssc://", StringComparison.Ordinal))));

    private async Task EndsWithOneLineAsync(string service, string line, Dictionary<string, string> settings)
    {
        await using var run = InProcessService.Start(service, settings);

        Assert.Equal(1, await run.ExitCodeAsync(Cancellation));
        Assert.Single(run.Log, text => text.Contains("crit: ", StringComparison.Ordinal) && text.Contains(line, StringComparison.Ordinal));
        AssertTellsNoMore(run);
    }

    private async Task WaitsWithOneLineAsync(string service, string line, Dictionary<string, string> settings)
    {
        await using var run = InProcessService.Start(service, settings);
        await run.LineAsync(line, Cancellation);

        Assert.Single(run.Log, text => text.Contains(": Warning", StringComparison.Ordinal) || text.Contains("warn: ", StringComparison.Ordinal));
        Assert.False(run.HasExited);
        AssertTellsNoMore(run);
        run.Terminate();
        Assert.Equal(0, await run.ExitCodeAsync(Cancellation));
    }

    private void AssertTellsNoMore(InProcessService run)
    {
        Assert.DoesNotContain(run.Log, text => text.TrimStart().StartsWith("at ", StringComparison.Ordinal) || text.Contains("Unhandled", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Log, text => text.Contains(servers.BrokerPassword, StringComparison.Ordinal));
    }

    private string Graph(string old, string replacement) => Servers()[GraphAddress].Replace(old, replacement, StringComparison.Ordinal);

    // Of a service that is started by itself.
    private Dictionary<string, string> Settings(params (string Name, string Value)[] changes)
    {
        var topic = $"charges-{Guid.NewGuid():N}";
        return Servers([
            ("Topics__Charges", topic), ("Topics__DeadLetters", topic + ".dead-letter"), ("Seeder__Users", "10"), ("Seeder__Reset", "true"), .. changes]);
    }

    private Dictionary<string, string> Servers(params (string Name, string Value)[] changes)
    {
        Assert.SkipUnless(plain.HasHeaders, "Brokers and databases of 2017 have another TLS; the AppHost does not set it up.");
        var settings = new Dictionary<string, string>(servers.Environment);
        foreach (var (name, value) in changes)
            settings[name] = value;
        return settings;
    }
}
