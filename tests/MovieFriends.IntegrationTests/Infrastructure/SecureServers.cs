using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MovieFriends.Chaos.Network;
using Xunit;

namespace MovieFriends.IntegrationTests.Infrastructure;

/// <summary>Kafka with SASL inside TLS, and Neo4j with TLS and sign-in, as the AppHost starts them when it is told to; for servers of today.</summary>
public sealed class SecureServers(RunningServers plain) : IAsyncLifetime
{
    public const string UserName = "moviefriends";

    /// <summary>Users who have no right at the broker but those that a test grants.</summary>
    public static readonly string[] Limited = ["producer", "consumer", "verifier", "replayer", "guest"];

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);

    private readonly TestAuthority _authority = new(Path.Combine(Path.GetTempPath(), $"moviefriends-tls-{Guid.NewGuid():N}"));
    private DistributedApplication? _app;

    /// <summary>Where the servers keep settings, logs and data.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("moviefriends-secure-").FullName;

    /// <summary>The password of <see cref="UserName"/> and <see cref="Limited"/> at the broker; there is no other like it.</summary>
    public string BrokerPassword { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The certificate that signs all others.</summary>
    public string Authority => _authority.CertificateFile;

    /// <summary>Port of the listener with TLS and SASL.</summary>
    public int SecurePort { get; } = FreePorts.Next();

    /// <summary>Port of the listener with neither.</summary>
    public int PlainPort { get; } = FreePorts.Next();

    /// <summary>Port of the listener whose certificate is another host's.</summary>
    public int MisnamedPort { get; } = FreePorts.Next();

    /// <summary>What the AppHost that runs the servers, and the servers, have written.</summary>
    public LineCollector Log { get; } = new();

    /// <summary>What services need to use the servers.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private set; } = new Dictionary<string, string>();

    internal DistributedApplication Application => _app!;

    public async ValueTask InitializeAsync()
    {
        if (!plain.HasHeaders)
            return;

        using var timeout = new CancellationTokenSource(s_timeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.MovieFriends_AppHost>(
            [
                "--Servers=Local",
                "--no-dashboard",
                "--Logging:LogLevel:Default=Trace",
                $"--LocalServers:DataPath={Path.Combine(Folder, "servers")}",
                $"--ConnectionsFile={Path.Combine(Folder, "connections.json")}",
                $"--LocalServers:Kafka:Port={PlainPort}",
                .. Settings("Kafka", KafkaSettings()),
                .. Settings("Neo4j", Neo4jSettings()),
                $"--Aspire:Neo4j:Driver:TrustedCertificates={Authority}",
            ],
            timeout.Token);
        builder.Services.AddLogging(logging => logging.AddProvider(Log));
        foreach (var service in builder.Resources.OfType<ProjectResource>().ToArray())
            builder.Resources.Remove(service);
        _app = await builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("kafka", timeout.Token);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync("graph", timeout.Token);
        await AddScramUserAsync();

        Environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__kafka"] = $"localhost:{SecurePort}",
            ["ConnectionStrings__graph"] = (await _app.GetConnectionStringAsync("graph", timeout.Token))!,
            ["Aspire__Neo4j__Driver__TrustedCertificates"] = Authority,
            ["Aspire__Confluent__Kafka__Config__SecurityProtocol"] = "SaslSsl",
            ["Aspire__Confluent__Kafka__Config__SslCaLocation"] = Authority,
            ["Aspire__Confluent__Kafka__Config__SaslMechanism"] = "Plain",
            ["Aspire__Confluent__Kafka__Config__SaslUsername"] = UserName,
            ["Aspire__Confluent__Kafka__Config__SaslPassword"] = BrokerPassword,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(Path.GetDirectoryName(Authority)!, recursive: true);
        Directory.Delete(Folder, recursive: true);
    }

    private Dictionary<string, string> KafkaSettings()
    {
        var controller = FreePorts.Next();
        return new Dictionary<string, string>
        {
            ["listeners"] = $"PLAINTEXT://127.0.0.1:{PlainPort},SECURE://127.0.0.1:{SecurePort},MISNAMED://127.0.0.1:{MisnamedPort},CONTROLLER://127.0.0.1:{controller}",
            ["advertised.listeners"] = $"PLAINTEXT://127.0.0.1:{PlainPort},SECURE://localhost:{SecurePort},MISNAMED://localhost:{MisnamedPort}",
            ["listener.security.protocol.map"] = "PLAINTEXT:PLAINTEXT,SECURE:SASL_SSL,MISNAMED:SSL,CONTROLLER:PLAINTEXT",
            ["authorizer.class.name"] = "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            ["super.users"] = $"User:ANONYMOUS;User:{UserName}",
            ["controller.quorum.voters"] = $"0@127.0.0.1:{controller}",
            ["listener.name.secure.ssl.keystore.type"] = "PEM",
            ["listener.name.secure.ssl.keystore.location"] = _authority.Sign("kafka", "localhost").Both,
            ["listener.name.misnamed.ssl.keystore.type"] = "PEM",
            ["listener.name.misnamed.ssl.keystore.location"] = _authority.Sign("misnamed", "elsewhere.example").Both,
            ["listener.name.secure.sasl.enabled.mechanisms"] = "PLAIN,SCRAM-SHA-512",
            ["listener.name.secure.plain.sasl.jaas.config"] =
                $"org.apache.kafka.common.security.plain.PlainLoginModule required {string.Join(' ', Limited.Append(UserName).Select(user => $"user_{user}=\"{BrokerPassword}\""))};",
            ["listener.name.secure.scram-sha-512.sasl.jaas.config"] = "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        };
    }

    private Dictionary<string, string> Neo4jSettings()
    {
        var certificate = _authority.Sign("neo4j", host: null);
        return new Dictionary<string, string>
        {
            ["server.bolt.tls_level"] = "REQUIRED",
            ["dbms.ssl.policy.bolt.enabled"] = "true",
            ["dbms.ssl.policy.bolt.base_directory"] = Path.GetDirectoryName(certificate.Key)!,
            ["dbms.ssl.policy.bolt.private_key"] = Path.GetFileName(certificate.Key),
            ["dbms.ssl.policy.bolt.public_certificate"] = Path.GetFileName(certificate.Chain),
            ["dbms.ssl.policy.bolt.client_auth"] = "NONE",
        };
    }

    /// <summary>Asks as one who may do everything.</summary>
    internal IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = $"127.0.0.1:{PlainPort}" }).Build();

    private async Task AddScramUserAsync()
    {
        using var admin = Admin();
        await admin.AlterUserScramCredentialsAsync(
        [
            new UserScramCredentialUpsertion
            {
                User = UserName,
                ScramCredentialInfo = new ScramCredentialInfo { Mechanism = ScramMechanism.ScramSha512, Iterations = 4096 },
                Password = System.Text.Encoding.UTF8.GetBytes(BrokerPassword),
            },
        ]);
    }

    private static IEnumerable<string> Settings(string server, Dictionary<string, string> settings) =>
        settings.Select(setting => $"--LocalServers:{server}:Settings:{setting.Key}={setting.Value}");
}
